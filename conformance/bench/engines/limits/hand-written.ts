// The limit to compare with: what a careful developer would write by hand for exactly these rules. FROZEN: every ratio of
// the benchmark is to this, so it changes only with a reason in the change log.
//
// An interpreter over an index tool → action → role. It takes a request that somebody else has validated, looks only at
// the rules of the agent's roles, and returns the strictest decision and the ids of all rules that match. It checks no
// type, knows no reasons, obligations, state or shadow rules.
import type { BenchAnswer, BenchCondition, BenchRequest, BenchRule } from "../../workload/bench-rule.ts";

type RulesByRole = Map<string, BenchRule[]>;
type Index = Map<string, Map<string, RulesByRole>>;

export function handWritten(rules: readonly BenchRule[]): (request: BenchRequest) => BenchAnswer {
  const index: Index = new Map();
  for (const rule of rules) {
    const actions = getOrAdd(index, rule.tool, () => new Map<string, RulesByRole>());
    const roles = getOrAdd(actions, rule.action, () => new Map<string, BenchRule[]>());
    getOrAdd(roles, rule.role, () => []).push(rule);
  }

  return (request) => {
    const matched: string[] = [];
    let denied = false;
    let approval = false;
    let allowed = false;
    const byRole = index.get(request.tool)?.get(request.action);
    if (byRole !== undefined) {
      for (const role of request.agent.roles) {
        const candidates = byRole.get(role);
        if (candidates === undefined) continue;
        for (const rule of candidates) {
          if (!matches(rule.when, request.args)) continue;
          matched.push(rule.id);
          if (rule.effect === "deny") denied = true;
          else if (rule.effect === "approval") approval = true;
          else allowed = true;
        }
      }
    }
    const decision = denied || !allowed ? "deny" : approval ? "approval_needed" : "allow";
    return { decision, rules: matched };
  };
}

function matches(conditions: readonly BenchCondition[], args: BenchRequest["args"]): boolean {
  for (const condition of conditions) {
    if (!holds(condition, args)) return false;
  }
  return true;
}

function holds(condition: BenchCondition, args: BenchRequest["args"]): boolean {
  switch (condition.op) {
    case "eq":
      return args[condition.field] === condition.value;
    case "in":
      return condition.value.includes(args[condition.field]);
    case "prefix":
      return args[condition.field].startsWith(condition.value);
    case "suffix":
      return args[condition.field].endsWith(condition.value);
    case "le":
      return args.amount <= condition.value;
    case "gt":
      return args.amount > condition.value;
  }
}

function getOrAdd<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
