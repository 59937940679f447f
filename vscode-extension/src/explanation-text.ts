// An evaluated request in words: the decision, the rules that were looked at, what the nearest `allow` lacked.
import type { EvaluatedRule, EvaluateResult } from "@aegis/lsp/custom-requests";

const conditionLine = ({ role, text, held, values }: EvaluatedRule["conditions"][number]): string => {
  const seen = values.map(({ place, value }) => `${place} = ${value}`).join(", ");
  return `    ${held ? "✓" : "✗"} ${role} ${text}${seen === "" ? "" : `    (${seen})`}`;
};

export function explanationText(result: Extract<EvaluateResult, { ok: true }>): string {
  const lines = [JSON.stringify(result.decision, null, 2), ""];
  for (const { path, expected, problem } of result.invalid)
    lines.push(`${path === "" ? "the request" : path} is ${problem}: expected ${expected}`);
  for (const rule of result.rules) {
    lines.push(
      `${rule.shadow ? "shadow " : ""}${rule.effect} ${rule.id}: ${rule.outcome.replaceAll("_", " ")}`,
    );
    lines.push(...rule.conditions.map(conditionLine));
    lines.push(...rule.unreadable.map((name) => `    ? ${name} is unreadable`));
  }
  if (result.nearest !== null) {
    lines.push("", `nearest allow: ${result.nearest.id}`);
    lines.push(...result.nearest.missing.map((each) => `    missing: ${each}`));
  }
  return `${lines.join("\n")}\n`;
}
