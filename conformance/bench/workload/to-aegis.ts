// A rule set as Aegis source: one policy block for each role, every tool with the same arguments.
import type { BenchCondition, BenchRule } from "./bench-rule.ts";

export function toAegis(rules: readonly BenchRule[]): string {
  const tools = new Map<string, Set<string>>();
  const roles = new Map<string, BenchRule[]>();
  for (const rule of rules) {
    tools.set(rule.tool, (tools.get(rule.tool) ?? new Set()).add(rule.action));
    roles.set(rule.role, [...(roles.get(rule.role) ?? []), rule]);
  }
  const declared = [...tools].map(
    ([tool, actions]) =>
      `tool ${tool} {\n${[...actions]
        .map(
          (action) => `  ${action}(env: string, resource: string, host: string, amount: int, note: string)`,
        )
        .join("\n")}\n}`,
  );
  const policies = [...roles].map(
    ([role, own]) =>
      `policy ${role}_rules for "${role}" in agent.roles {\n${own.map(ruleText).join("\n")}\n}`,
  );
  return `package bench\n\n${declared.join("\n")}\n\n${policies.join("\n\n")}\n`;
}

const EFFECTS = { allow: "allow", approval: "require approval", deny: "deny" } as const;

const ruleText = ({ id, effect, tool, action, when }: BenchRule): string =>
  `  ${EFFECTS[effect]} ${id}: ${tool}.${action} when ${when.map(conditionText).join(" and ")}` +
  (effect === "approval" ? ' by role "owner"' : "");

function conditionText({ field, op, value }: BenchCondition): string {
  const literal = typeof value === "object" ? `{ ${value.map(quote).join(", ")} }` : quote(value);
  switch (op) {
    case "eq":
      return `args.${field} == ${literal}`;
    case "in":
      return `args.${field} in ${literal}`;
    case "prefix":
      return `args.${field}.starts_with(${literal})`;
    case "suffix":
      return `args.${field}.ends_with(${literal})`;
    case "le":
      return `args.${field} <= ${literal}`;
    case "gt":
      return `args.${field} > ${literal}`;
  }
}

const quote = (value: string | number): string => JSON.stringify(value);
