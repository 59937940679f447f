// What an event can change, found once per bundle: transitions and counters by action.
import type {
  ExpressionIndex,
  IrCounter,
  IrCounterTarget,
  IrExpression,
  IrLabel,
  IrProgram,
  IrTransition,
  IrTransitionTarget,
} from "../ir/ir.ts";
import type { RuleSource } from "../ir/rule-source.ts";
import { rulesIn } from "../ir/rule-source.ts";
import { eachChild } from "../ir/traverse.ts";

export interface PlannedTransition {
  readonly label: IrLabel;
  readonly transition: IrTransition;
  readonly target: IrTransitionTarget;
  /** Whether `when` can be decided before the result is known; with `for each` it is about elements, not about the call. */
  readonly whenKnownAtStart: boolean;
  readonly keyKnownAtStart: boolean;
}
export interface PlannedCounter {
  readonly counter: IrCounter;
  readonly target: IrCounterTarget;
}
export interface ActionPlan {
  readonly transitions: readonly PlannedTransition[];
  readonly counters: readonly PlannedCounter[];
}

/** Plans by index of the action. `rules`: where expressions come from, if not from the program. */
export function planTransitions(
  program: IrProgram,
  rules: RuleSource = rulesIn(program),
): readonly ActionPlan[] {
  const plans = program.actions.map(() => ({
    transitions: [] as PlannedTransition[],
    counters: [] as PlannedCounter[],
  }));
  const readsResult = resultReaders(rules);
  for (const label of program.labels) {
    for (const transition of label.transitions) {
      for (const target of transition.targets) {
        plans[target.action]?.transitions.push({
          label,
          transition,
          target,
          whenKnownAtStart: target.each === null && !readsResult(target.when),
          keyKnownAtStart: target.each === null && !target.key.some(readsResult),
        });
      }
    }
  }
  for (const counter of program.counters) {
    for (const target of counter.targets) plans[target.action]?.counters.push({ counter, target });
  }
  return plans;
}

/** Of expressions that transitions have: most programs have many others. */
function resultReaders({ expression }: RuleSource): (index: ExpressionIndex) => boolean {
  const reads = (node: IrExpression): boolean => {
    if (node.kind === "read" && node.root === "result") return true;
    let found = false;
    eachChild(node, (child) => {
      found ||= reads(child);
    });
    return found;
  };
  const known = new Map<ExpressionIndex, boolean>();
  return (index) => {
    const found = known.get(index) ?? reads(expression(index));
    known.set(index, found);
    return found;
  };
}
