// Expressions that read what another environment, datum or `use` may change: known here, and perhaps another value elsewhere.
import { someExpression } from "../../syntax/expression-children.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckedRule } from "../checked-program.ts";

export class ExternalReads {
  readonly #nodes = new WeakSet<Expression>();
  #any = false;

  add(node: Expression): void {
    this.#nodes.add(node);
    this.#any = true;
  }

  /** Whether a condition or scope of the rule holds one. */
  isIn(rule: CheckedRule): boolean {
    if (!this.#any) return false;
    const { when, unless } = rule.declaration;
    const reads = (node: Expression | null): boolean =>
      node !== null && someExpression(node, (each) => this.#nodes.has(each));
    return rule.scopes.some((scope) => reads(scope.expression)) || reads(when) || reads(unless);
  }
}
