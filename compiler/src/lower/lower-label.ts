// Labels with the transitions that set and clear them.
import type { IrExpression, IrLabel, IrTransition } from "@aegis/runtime/core";
import type { CheckedLabel } from "../checker/checked-program.ts";
import type { LabelTransition } from "../syntax/ast.ts";
import { both, TRUE } from "./build.ts";
import { checkedSize } from "./expression-size.ts";
import { elementType, withLocal } from "./lower-quantifier.ts";
import { assumeSet } from "./resolve-maybe.ts";
import { targetEnvironment, targetsOf } from "./target-environment.ts";
import type { ProgramContext, Target } from "./target-environment.ts";

export interface LoweredLabel extends Omit<IrLabel, "transitions"> {
  readonly transitions: readonly LoweredTransition[];
}
export interface LoweredTransition extends Omit<IrTransition, "targets"> {
  readonly targets: readonly LoweredTransitionTarget[];
}
export interface LoweredTransitionTarget {
  readonly action: number;
  readonly when: IrExpression;
  readonly each: IrExpression | null;
  readonly key: readonly IrExpression[];
}

export function lowerLabel(program: ProgramContext, label: CheckedLabel): LoweredLabel {
  const { id, scope, key, max } = label;
  const transitions = label.transitions.map(({ declaration, rules, groups }) => ({
    op: declaration.op,
    on: declaration.on,
    rules: rules === null ? null : [...rules].sort(),
    targets: targetsOf(groups).map((target) => lowerTransition(program, declaration, target)),
  }));
  return { id, scope, key, max, transitions };
}

function lowerTransition(
  program: ProgramContext,
  transition: LabelTransition,
  target: Target,
): LoweredTransitionTarget {
  const outside = targetEnvironment(program, target);
  const { each } = transition;
  const over = each === null ? null : outside.lower.value(each.over, outside);
  const inside =
    each === null || over === null
      ? outside
      : withLocal(outside, [transition, each, each.name], elementType(over.type));
  // A key that is absent names nothing: no transition.
  const assumedPresent: IrExpression[] = [];
  const keyed = { ...inside, assumedPresent };
  const key = transition.key.map((node) => assumeSet(inside.lower.value(node, keyed).expression));
  const present = assumedPresent.map((of): IrExpression => ({ kind: "present", of }));
  const when = transition.when === null ? TRUE : inside.lower.condition(transition.when, inside);
  return {
    action: target.action,
    when: checkedSize(assumeSet(both(...present, when))),
    each: over === null ? null : checkedSize(assumeSet(over.expression)),
    key: key.map(checkedSize),
  };
}
