// Requests for the rule sets: of the ten rules' tools only, or spread over all rules.
import { Random } from "../../src/random-ir/random.ts";
import type { BenchRequest, BenchRule } from "./bench-rule.ts";
import { AREAS, ENVS, HOSTS, ROLES } from "./rule-set.ts";
import { TEN_RULES } from "./ten-rules.ts";

const NOTE =
  "Filed by the nightly run; see the log of the pipeline for what was tried before, and ask the owner of the area when in doubt. Nothing in here is read by any rule; it is what calls carry along.";

/** The same requests whatever the size of the set: those of the ten rules. */
export const fixedRequests = (count: number): BenchRequest[] => requestsFor(TEN_RULES, count);

/** Each request aims at a rule of the set; most meet its role, many its conditions too. */
export function requestsFor(rules: readonly BenchRule[], count: number): BenchRequest[] {
  const random = new Random(11);
  return random.times(count, () => {
    const rule = random.pick(rules);
    return {
      agent: {
        id: `agent-${random.below(50)}`,
        roles: roles(rule, random),
        tenant: "acme",
      },
      tool: rule.tool,
      action: rule.action,
      args: argsNear(rule, random),
      context: { time: "2026-11-22T09:00:00Z", session: `session-${1000 + random.below(9000)}` },
    };
  });
}

function roles(rule: BenchRule, random: Random): string[] {
  const first = random.chance(0.9) ? rule.role : random.pick(ROLES);
  const second = random.pick(ROLES);
  return random.chance(0.5) || first === second ? [first] : [first, second];
}

function argsNear(rule: BenchRule, random: Random): BenchRequest["args"] {
  const args = {
    env: random.pick(ENVS) as string,
    resource: random.chance(0.1)
      ? "main"
      : `${random.pick(AREAS)}/p${random.below(10)}/item-${random.below(1000)}`,
    host: `s${random.below(20)}.${random.chance(0.2) ? "internal." : ""}${random.pick(HOSTS)}`,
    amount: random.below(1000),
    note: NOTE,
  };
  for (const condition of rule.when) {
    if (random.chance(0.25)) continue;
    switch (condition.op) {
      case "eq":
        args[condition.field] = condition.value;
        break;
      case "in":
        args[condition.field] = random.pick(condition.value);
        break;
      case "prefix":
        args[condition.field] =
          `${condition.value}${condition.value.endsWith("/") ? "" : "/"}item-${random.below(1000)}`;
        break;
      case "suffix":
        args[condition.field] = `s${random.below(20)}${condition.value}`;
        break;
      case "le":
        args.amount = random.below(condition.value + 1);
        break;
      case "gt":
        args.amount = condition.value + 1 + random.below(100);
        break;
    }
  }
  return args;
}
