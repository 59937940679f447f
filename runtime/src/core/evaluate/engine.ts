// What an engine is: the same surface for the reference interpreter and the production evaluators.
import type { DecisionDocument } from "../decision/decision.ts";
import type { IrExpression, IrRule } from "../ir/ir.ts";
import type { Value } from "../values/value.ts";

export interface Engine {
  /** Decides a request document handed in as an object. Never throws; whatever is wrong is a deny with its code. */
  decide(request: unknown, observer?: EvaluationObserver): DecisionDocument;
  /** Decides a request document as JSON text or its UTF-8 bytes. */
  decideText(text: Uint8Array | string, observer?: EvaluationObserver): DecisionDocument;
  /** The list phase: actions that `{agent, context}` may see, sorted by UTF-8 bytes; none for what is no such request. */
  visible(request: unknown): readonly VisibleAction[];
}

export interface VisibleAction {
  readonly tool: string;
  readonly action: string;
}

/**
 * What became of a rule that targets the action. `out_of_scope`: its `for` is false. `blind`: it names something
 * unreadable. `waived`: it would count, but an exception holds.
 */
export type RuleOutcome = "out_of_scope" | "unmatched" | "matched" | "blind" | "waived";

/** Listens to an evaluation, for `explain` and coverage; a listener must not throw. */
export interface EvaluationObserver {
  /** `target` indexes `rule.targets`; called once for each rule that targets the action in this phase. */
  rule?(rule: IrRule, target: number, outcome: RuleOutcome): void;
  /** Called for each expression node that is evaluated, children first. */
  expression?(node: IrExpression, value: Value): void;
}
