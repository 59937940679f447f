// An explanation for people at a terminal.
import type { SourceFile, Span } from "@aegis/compiler";
import type { ExplainedRule, Explanation } from "@aegis/conformance";
import { terminalLine } from "./escape.ts";

const OUTCOMES: { readonly [Outcome in ExplainedRule["outcome"]]: string } = {
  matched: "matched",
  unmatched: "did not match",
  out_of_scope: "is for others",
  blind: "cannot be read",
  waived: "is waived",
};

export function writePrettyExplanation(
  explanation: Explanation,
  files: ReadonlyMap<string, SourceFile>,
  colour: boolean,
): string {
  const paint = (code: string, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const place = (span: Span | null): string => {
    const position = span === null ? undefined : files.get(span.file)?.positionAt(span.start);
    return span === null || position === undefined
      ? ""
      : `${span.file}:${position.line + 1}:${position.column + 1}`;
  };
  const { decision, invalid, rules, nearest } = explanation;
  const lines = [`${paint("1", decision.decision)} (${decision.code}): ${terminalLine(decision.reason)}`];
  if (decision.hint !== undefined) lines.push(`hint: ${terminalLine(decision.hint)}`);
  for (const each of invalid) {
    const problem =
      each.problem === "missing"
        ? "is missing"
        : each.problem === "unknown"
          ? "is not known"
          : "does not fit";
    lines.push(`  ${terminalLine(each.path || "/")} ${problem}; expected ${terminalLine(each.expected)}`);
  }
  if (decision.code === "unknown_action")
    lines.push("  no tool of this policy has the action; names are compared byte for byte");
  for (const rule of rules) {
    const outcome = paint(
      rule.outcome === "matched" ? "32" : rule.outcome === "blind" ? "31" : "2",
      OUTCOMES[rule.outcome],
    );
    lines.push(
      "",
      `${rule.effect} ${terminalLine(rule.id)} ${outcome}${rule.shadow ? " (shadow)" : ""}  ${paint("2", terminalLine(place(rule.span)))}`,
    );
    for (const name of rule.unreadable) lines.push(`  ${terminalLine(name)} is not in the request`);
    for (const condition of rule.conditions) {
      const mark = condition.held ? paint("32", "true ") : paint("31", "false");
      lines.push(`  ${condition.role.padEnd(6)} ${mark} ${terminalLine(condition.text)}`);
      if (condition.values.length > 0)
        lines.push(
          `               ${terminalLine(condition.values.map((each) => `${each.place} = ${each.value}`).join(", "))}`,
        );
    }
  }
  if (nearest !== null) {
    lines.push(
      "",
      `nearest allow: ${terminalLine(nearest.id)}`,
      ...nearest.missing.map((each) => `  needs ${terminalLine(each)}`),
    );
  }
  if (decision.shadow !== undefined)
    lines.push(
      "",
      `with the shadow rules it would be ${decision.shadow.decision} by ${terminalLine(decision.shadow.rules.join(", "))}`,
    );
  return `${lines.join("\n")}\n`;
}
