// The index of the diagnostics' pages, docs/diagnostics/README.md, from the registry.
import { ALL_DIAGNOSTICS } from "./index.ts";

/** Markdown: a table for each phase, in the order of the registry. */
export function indexPage(): string {
  const phases = new Map<string, string[]>();
  for (const { code, severity, message } of ALL_DIAGNOSTICS) {
    const phase = code.slice(0, code.indexOf("/"));
    const row = `| [${code}](${code.replace("/", "-")}.md) | ${severity} | ${message.replaceAll("|", "\\|")} |`;
    phases.set(phase, [...(phases.get(phase) ?? []), row]);
  }
  const tables = [...phases].map(
    ([phase, rows]) =>
      `## ${phase}\n\n| code | severity | message |\n| --- | --- | --- |\n${rows.join("\n")}\n`,
  );
  return [
    "# Diagnostics\n",
    "Every mistake that the compiler tells has a stable code and a page with an example that gives it and one that is mended. In messages, `{…}` stands for what was written. `npm run generate` writes this page.\n",
    ...tables,
  ].join("\n");
}
