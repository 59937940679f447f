// What an evaluator finds out about the rules that target an action: all that a decision is made from.
import type { IrRule, IrTarget } from "../../ir/ir.ts";
import type { RuleOutcome } from "../engine.ts";

export type BlindCode = "state_unavailable" | "fact_unavailable";

export interface RuleMatch {
  readonly rule: IrRule;
  readonly target: IrTarget;
  /** Index of the target in the rule. */
  readonly index: number;
  readonly outcome: RuleOutcome;
  /** What keeps the rule from being read, whatever its outcome. */
  readonly blind: BlindCode | undefined;
  /** Exceptions that hold; only where the rule would count. */
  readonly waivers: readonly { readonly id: string; readonly until: number }[];
}

/** True when the rule is enforced: it is no shadow rule, or its date has come, or the time is unknown. */
export function isEnforced({ shadow }: IrRule, now: number | undefined): boolean {
  if (shadow === undefined) return true;
  return shadow.until !== undefined && (now === undefined || now >= shadow.until);
}
