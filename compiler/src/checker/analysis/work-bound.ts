// Bounds the work of one decision: the steps of all rules about an action together.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { CheckedAction, CheckedRule, CheckedScope } from "../checked-program.ts";
import { expressionCost } from "./expression-cost.ts";

export const MAX_STEPS = 1_000_000;

export function reportTooCostly(
  sink: DiagnosticSink,
  rules: readonly CheckedRule[],
  actions: readonly CheckedAction[],
): void {
  const totals = new Map<number, { steps: number; most: number; rule: CheckedRule }>();
  const ofScopes = new Map<CheckedScope, number>();
  for (const rule of rules)
    for (const group of rule.groups) {
      const { when, unless } = rule.declaration;
      let steps = 1;
      for (const scope of rule.scopes) {
        let cost = ofScopes.get(scope);
        if (cost === undefined) ofScopes.set(scope, (cost = expressionCost(scope.expression, scope.types)));
        steps += cost;
      }
      if (when !== null) steps += expressionCost(when, group.types);
      if (unless !== null) steps += expressionCost(unless, group.types);
      for (const action of group.actions) {
        let total = totals.get(action);
        if (total === undefined) totals.set(action, (total = { steps: 0, most: 0, rule }));
        total.steps += steps;
        if (steps > total.most) {
          total.most = steps;
          total.rule = rule;
        }
      }
    }
  for (const [index, { steps, rule }] of totals) {
    const action = actions[index];
    if (steps <= MAX_STEPS || action === undefined) continue;
    sink.report(
      policyDiagnostics["too-costly"](rule.declaration.name.span, {
        action: `${action.tool}.${action.action}`,
        steps: Math.min(Math.ceil(steps), Number.MAX_SAFE_INTEGER),
      }),
    );
  }
}
