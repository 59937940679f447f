// What of an answer every engine can be compared on: the decision, and the rules that made it.
import type { BenchAnswer, BenchRule } from "./bench-rule.ts";

const LEVEL = { allow: "allow", approval_needed: "approval", deny: "deny" } as const;

/** Of the rules that match, those of the effect that won, sorted; none for a denial by default. */
export function winning(rules: readonly BenchRule[], { decision, rules: matched }: BenchAnswer): BenchAnswer {
  const ids = new Set(matched);
  const winners = rules.filter(({ id, effect }) => ids.has(id) && effect === LEVEL[decision]);
  return { decision, rules: winners.map(({ id }) => id).sort() };
}
