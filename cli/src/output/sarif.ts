// SARIF 2.1.0: diagnostics and failed tests for code scanning.
import type { Finding } from "./finding.ts";

const LEVELS = { error: "error", warning: "warning", information: "note" } as const;

/** A relative reference; `#` and `?` belong to the name. */
const uriOf = (file: string): string =>
  file.replaceAll("\\", "/").toWellFormed().split("/").map(encodeURIComponent).join("/");

export function writeSarif(findings: readonly Finding[], version: string): string {
  const rules = [...new Set(findings.map((each) => each.code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "aegisc", version, rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((each) => ({
          ruleId: each.code,
          level: LEVELS[each.severity],
          message: { text: each.help === null ? each.message : `${each.message}\n${each.help}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(each.file) },
                region: {
                  startLine: each.start.line + 1,
                  startColumn: each.start.column + 1,
                  endLine: each.end.line + 1,
                  endColumn: each.end.column + 1,
                },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
