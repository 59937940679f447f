// What a rule comes to, in comparable form: its conditions, what it asks for, and whom it is for.
import type { CheckedGroup, CheckedRule, ExpressionTypes } from "../checked-program.ts";
import type { Expression } from "../../syntax/expression.ts";
import { expressionKey } from "./expression-key.ts";

export interface GroupShape {
  readonly actions: readonly number[];
  /** Numbers of conditions that all must hold, ascending; null when one was not understood. */
  readonly conditions: readonly number[] | null;
}

export interface RuleShape {
  readonly rule: CheckedRule;
  /** Effect, phase, obligations, shadow: rules are compared only when these are the same. */
  readonly kind: number;
  readonly groups: readonly GroupShape[];
}

/** Gives equal texts the same number. */
export class Numbering {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, known);
    return known;
  }
}

export function shapeOf(rule: CheckedRule, numbering: Numbering): RuleShape {
  const { declaration, approval } = rule;
  const kind = JSON.stringify([
    rule.package,
    declaration.effect,
    rule.phase,
    rule.shadow,
    rule.redactions,
    declaration.annotations.some((each) => each.name.text === "waivable") ? rule.id : null,
    approval === null
      ? null
      : [
          approval.by.map((each) => [each.count, each.role?.value ?? null, each.user?.value ?? null]),
          approval.via.map((each) => each.text),
          approval.within?.milliseconds ?? null,
        ],
  ]);
  return {
    rule,
    kind: numbering.of(kind),
    groups: rule.groups.map((group) => groupShape(rule, group, numbering)),
  };
}

function groupShape(rule: CheckedRule, group: CheckedGroup, numbering: Numbering): GroupShape {
  const { when, unless } = rule.declaration;
  const conditions = new Set<number>();
  const add = (node: Expression, types: ExpressionTypes, holds: boolean): boolean => {
    const guarded = types.get(node)?.guards !== undefined;
    if (node.kind === "binary" && node.op === (holds ? "and" : "or") && !guarded)
      return add(node.left, types, holds) && add(node.right, types, holds);
    if (node.kind === "unary" && node.op === "not" && !guarded) return add(node.of, types, !holds);
    const key = expressionKey(node, types);
    if (key !== null) conditions.add(numbering.of(holds ? key : `not ${key}`));
    return key !== null;
  };
  if (rule.bindings.size > 0) conditions.add(numbering.of(`with ${JSON.stringify([...rule.bindings])}`));
  const understood =
    rule.scopes.every((scope) => add(scope.expression, scope.types, true)) &&
    (when === null || add(when, group.types, true)) &&
    (unless === null || add(unless, group.types, false)) &&
    (group.absentDecides ?? []).length === 0;
  return { actions: group.actions, conditions: understood ? [...conditions].sort((a, b) => a - b) : null };
}
