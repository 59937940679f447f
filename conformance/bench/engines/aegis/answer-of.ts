// What a decision document says, in the form that engines are compared in.
import type { DecisionDocument } from "@aegis/runtime/core";
import type { BenchAnswer, BenchDecision } from "../../workload/bench-rule.ts";

/** Of the rules that match Aegis names those that won. */
export function answerOf(decided: unknown): BenchAnswer {
  const { decision, rules } = decided as DecisionDocument;
  return { decision: decision as BenchDecision, rules: rules.map((id) => id.slice("bench.".length)) };
}
