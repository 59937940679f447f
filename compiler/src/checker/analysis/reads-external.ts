// Whether a rule reads what another environment, datum or `use` may change.
import { someExpression } from "../../syntax/expression-children.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckedRule } from "../checked-program.ts";

export function readsExternal(rule: CheckedRule, external: WeakSet<Expression>): boolean {
  const { when, unless } = rule.declaration;
  const reads = (node: Expression | null): boolean =>
    node !== null && someExpression(node, (each) => external.has(each));
  return rule.scopes.some(reads) || reads(when) || reads(unless);
}
