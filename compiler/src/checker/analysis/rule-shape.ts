// What a rule comes to, in comparable form: its conditions, what it asks for, and whom it is for.
import type { CheckedGroup, CheckedRule, ExpressionTypes } from "../checked-program.ts";
import type { Expression } from "../../syntax/expression.ts";
import { expressionKey } from "./expression-key.ts";
import type { Numbering } from "./numbering.ts";

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

/** Rules about more actions than this are found by their conditions alone. */
export const MAX_INDEXED_ACTIONS = 64;

/** The text of all that must be the same in rules for them to be compared. */
export function kindOf(rule: CheckedRule): string {
  const { declaration, approval } = rule;
  return JSON.stringify([
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
}

export const shapeOf = (rule: CheckedRule, numbering: Numbering): RuleShape => ({
  rule,
  kind: numbering.of(kindOf(rule)),
  groups: rule.groups.map((group) => groupShape(rule, group, numbering)),
});

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
