// A decision as a list of steps to go through: each rule, its conditions, and at the end the decision.
import type { Span } from "@aegis/compiler";
import type { ExplainedCondition, ExplainedRule, Explanation } from "@aegis/conformance";

export type DecisionStep =
  | { readonly kind: "rule"; readonly rule: ExplainedRule; readonly span: Span }
  | {
      readonly kind: "condition";
      readonly rule: ExplainedRule;
      readonly condition: ExplainedCondition;
      readonly span: Span;
    }
  | { readonly kind: "decision" };

const byPlace = (a: Span, b: Span): number =>
  a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1;

/** In the order of the source; rules without a place in it (the library's) are left out. */
export function decisionSteps({ rules }: Explanation): readonly DecisionStep[] {
  const placed = rules
    .flatMap((rule) => (rule.span === null ? [] : [{ rule, span: rule.span }]))
    .sort((a, b) => byPlace(a.span, b.span));
  return [
    ...placed.flatMap(({ rule, span }): DecisionStep[] => [
      { kind: "rule", rule, span },
      ...[...rule.conditions]
        .sort((a, b) => byPlace(a.span, b.span) || a.span.end - b.span.end)
        .map((condition): DecisionStep => ({ kind: "condition", rule, condition, span: condition.span })),
    ]),
    { kind: "decision" },
  ];
}

export function stepTitle(step: DecisionStep): string {
  switch (step.kind) {
    case "rule":
      return `${step.rule.shadow ? "shadow " : ""}${step.rule.effect} ${step.rule.id}: ${step.rule.outcome.replaceAll("_", " ")}`;
    case "condition":
      return `${step.condition.role} ${step.condition.text}: ${step.condition.held ? "holds" : "does not hold"}`;
    case "decision":
      return "the decision";
  }
}
