// Where engines get the rules of a program from, an action at a time: from a whole one, or from one that is read meanwhile.
import { lazily } from "../values/lazily.ts";
import type { ActionIndex, ExpressionIndex, IrExpression, IrProgram, IrRule, IrTarget } from "./ir.ts";

/** Where a rule targets an action. */
export interface Aim {
  readonly rule: IrRule;
  readonly target: IrTarget;
  /** Index of the target in the rule. */
  readonly index: number;
}

/** Both throw where a program cannot be run. */
export interface RuleSource {
  /** In the order of the rules. */
  aimsOf(action: ActionIndex): readonly Aim[];
  /** Of a rule, label or counter. */
  expression(index: ExpressionIndex): IrExpression;
}

const NO_AIMS: readonly Aim[] = [];

export function rulesIn(ir: Pick<IrProgram, "expressions" | "rules">): RuleSource {
  const aims = lazily(() => aimsByAction(ir.rules));
  return {
    aimsOf: (action) => aims().get(action) ?? NO_AIMS,
    expression(index) {
      const found = ir.expressions[index];
      if (found === undefined) throw new Error("no such expression");
      return found;
    },
  };
}

/** The aims of all rules by action, in one pass. */
function aimsByAction(rules: readonly IrRule[]): ReadonlyMap<ActionIndex, readonly Aim[]> {
  const aims = new Map<ActionIndex, Aim[]>();
  for (const rule of rules) {
    for (const [index, target] of rule.targets.entries()) {
      const known = aims.get(target.action);
      if (known === undefined) aims.set(target.action, [{ rule, target, index }]);
      else known.push({ rule, target, index });
    }
  }
  return aims;
}
