// The rules of the benchmark as a person would write them in Rego, for OPA to compile to WASM.
import type { BenchCondition, BenchRule } from "../workload/bench-rule.ts";

/** Entrypoint `bench/document`: decision, code, the rules that decide, and approvals. */
export const idiomaticRego = (rules: readonly BenchRule[]): string => `package bench

import rego.v1

document := {"decision": "deny", "code": "matched", "rules": sort(deny), "obligations": []} if count(deny) > 0

else := {"decision": "deny", "code": "default_deny", "rules": [], "obligations": []} if count(allow) == 0

else := {"decision": "approval_needed", "code": "matched", "rules": sort(approval), "obligations": approvals} if {
	count(approval) > 0
}

else := {"decision": "allow", "code": "matched", "rules": sort(allow), "obligations": []}

approvals := [{"type": "approval", "rule": id, "by": [{"role": "owner", "count": 1}]} | some id in sort(approval)]

${rules.map(ruleText).join("\n\n")}
`;

const ruleText = ({
  id,
  effect,
  role,
  tool,
  action,
  when,
}: BenchRule): string => `${effect} contains "${id}" if {
	input.tool == "${tool}"
	input.action == "${action}"
	"${role}" in input.agent.roles
${when.map((condition) => `\t${conditionText(condition)}`).join("\n")}
}`;

function conditionText({ field, op, value }: BenchCondition): string {
  const name = `input.args.${field}`;
  switch (op) {
    case "eq":
      return `${name} == ${JSON.stringify(value)}`;
    case "in":
      return `${name} in {${value.map((each) => JSON.stringify(each)).join(", ")}}`;
    case "prefix":
      return `startswith(${name}, ${JSON.stringify(value)})`;
    case "suffix":
      return `endswith(${name}, ${JSON.stringify(value)})`;
    case "le":
      return `${name} <= ${String(value)}`;
    case "gt":
      return `${name} > ${String(value)}`;
  }
}
