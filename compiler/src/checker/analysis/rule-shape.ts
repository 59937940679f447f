// What a rule comes to, in comparable form: its conditions, what it asks for, and whom it is for.
import type { CheckedGroup, CheckedRule, ExpressionTypes } from "../checked-program.ts";
import type { Expression } from "../../syntax/expression.ts";
import { expressionKey } from "./expression-key.ts";
import { Numbering } from "./numbering.ts";
import { insert } from "./outline.ts";

export interface GroupShape {
  readonly actions: readonly number[];
  readonly conditions: ReturnType<NumbersOf>;
}

export interface RuleShape {
  readonly rule: CheckedRule;
  /** Effect, phase, obligations, shadow: rules are compared only when these are the same. */
  readonly kind: number;
  readonly groups: readonly GroupShape[];
}

/** Numbers of conditions that all must hold, ascending; null when one was not understood. */
export type NumbersOf = (rule: CheckedRule, group: CheckedGroup) => readonly number[] | null;

export function shapeOf(rule: CheckedRule, kinds: Numbering, numbersOf: NumbersOf): RuleShape {
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
    kind: kinds.of(kind),
    groups: rule.groups.map((group) => ({ actions: group.actions, conditions: numbersOf(rule, group) })),
  };
}

/** Numbers that only what is alike shares. */
export function exactNumbers(): NumbersOf {
  const numbering = new Numbering();
  return (rule, group) => {
    const { when, unless } = rule.declaration;
    const conditions: number[] = [];
    const add = (node: Expression, types: ExpressionTypes, holds: boolean): boolean => {
      const guarded = types.get(node)?.guards !== undefined;
      if (node.kind === "binary" && node.op === (holds ? "and" : "or") && !guarded)
        return add(node.left, types, holds) && add(node.right, types, holds);
      if (node.kind === "unary" && node.op === "not" && !guarded) return add(node.of, types, !holds);
      const key = expressionKey(node, types);
      if (key !== null) insert(conditions, numbering.of(holds ? key : `not ${key}`));
      return key !== null;
    };
    if (rule.bindings.size > 0)
      insert(conditions, numbering.of(`with ${JSON.stringify([...rule.bindings])}`));
    const understood =
      rule.scopes.every((scope) => add(scope.expression, scope.types, true)) &&
      (when === null || add(when, group.types, true)) &&
      (unless === null || add(unless, group.types, false)) &&
      (group.absentDecides ?? []).length === 0;
    return understood ? conditions : null;
  };
}
