// Sets of 10 to 10,000 rules: the ten, and generated ones over other tools.
import { Random } from "../../src/random-ir/random.ts";
import type { BenchCondition, BenchEffect, BenchRule } from "./bench-rule.ts";
import { TEN_RULES } from "./ten-rules.ts";

export const SIZES = [10, 100, 1_000, 10_000] as const;
/** Tools beside those of the ten rules, so that a tool has more rules the larger the set. */
const TOOLS: Readonly<Record<number, number>> = { 10: 0, 100: 7, 1_000: 37, 10_000: 117 };
export const ACTIONS = ["read", "write", "run"] as const;
export const ROLES = ["dev", "agent", "buyer", "ops", "support", "finance", "legal", "audit"] as const;
export const ENVS = ["dev", "staging", "prod"] as const;
export const AREAS = ["office", "release", "docs", "data", "web", "billing", "users", "models"] as const;
export const HOSTS = ["example.com", "example.org", "partner.net", "vendor.io"] as const;

/** The same set for the same size, always. */
export function ruleSet(size: number): readonly BenchRule[] {
  const random = new Random(7);
  const tools = TOOLS[size] ?? Math.ceil(size / 85);
  const rules = [...TEN_RULES];
  const known = new Map<string, BenchCondition[][]>();
  while (rules.length < size) {
    const role = random.pick(ROLES);
    const tool = `tool${random.below(tools)}`;
    const action = random.pick(ACTIONS);
    const effect = random.pick<BenchEffect>(["allow", "allow", "allow", "approval", "deny"]);
    const when = conditions(random);
    const place = `${role} ${tool} ${action}`;
    const others = known.get(place) ?? [];
    // The checker refuses a rule that another makes superfluous.
    if (others.some((other) => implies(other, when) || implies(when, other))) continue;
    known.set(place, [...others, when]);
    rules.push({ id: `r${rules.length}`, effect, role, tool, action, when });
  }
  return rules;
}

/** One to three conditions, each of another argument: no set holds rules that contradict themselves. */
function conditions(random: Random): BenchCondition[] {
  const makers: readonly (() => BenchCondition)[] = [
    () =>
      random.chance(0.5)
        ? { field: "env", op: "eq", value: random.pick(ENVS) }
        : { field: "env", op: "in", value: random.chance(0.5) ? ["dev", "staging"] : ["staging", "prod"] },
    () => ({
      field: "resource",
      op: "prefix",
      value: `${random.pick(AREAS)}/${random.chance(0.5) ? "" : `p${random.below(10)}`}`,
    }),
    () => ({ field: "host", op: "suffix", value: `.${random.pick(HOSTS)}` }),
    () =>
      random.chance(0.5)
        ? { field: "amount", op: "le", value: 100 + random.below(900) }
        : { field: "amount", op: "gt", value: random.below(900) },
  ];
  const wanted = 1 + random.below(3);
  const chosen = new Set<number>();
  while (chosen.size < wanted) chosen.add(random.below(makers.length));
  return [...chosen].sort().flatMap((index) => makers[index]?.() ?? []);
}

/** True when the first has every condition of the second. */
function implies(one: readonly BenchCondition[], other: readonly BenchCondition[]): boolean {
  const texts = new Set(one.map((condition) => JSON.stringify(condition)));
  return other.every((condition) => texts.has(JSON.stringify(condition)));
}
