// Test results for people at a terminal.
import type { SourceFile } from "@aegis/compiler";
import { coveragePercent, type TestReport } from "@aegis/conformance";
import { terminalLine, terminalText } from "./escape.ts";

export function writePrettyTests(
  report: TestReport,
  files: ReadonlyMap<string, SourceFile>,
  options: { readonly colour: boolean },
): string {
  const paint = (code: string, text: string): string =>
    options.colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  const lines: string[] = [];
  for (const suite of report.suites) {
    lines.push(terminalLine(suite.file));
    for (const each of suite.cases) {
      const mark = each.status === "passed" ? paint("32", "ok") : paint("31", "FAILED");
      lines.push(
        `  ${mark} ${terminalLine(each.name)}${each.kind === "property" ? paint("2", " (property)") : ""}`,
      );
      for (const failure of each.failures) {
        const position = files.get(failure.span.file)?.positionAt(failure.span.start);
        const place =
          position === undefined
            ? failure.span.file
            : `${failure.span.file}:${position.line + 1}:${position.column + 1}`;
        lines.push(`     ${terminalLine(place)}`, `     ${paint("31", terminalText(failure.message))}`);
        for (const detail of failure.details) lines.push(`       ${terminalLine(detail)}`);
      }
    }
  }
  const cases = report.suites.flatMap((suite) => suite.cases);
  const failed = cases.filter((each) => each.status === "failed").length;
  lines.push("");
  if (report.coverage !== null) lines.push(...coverageLines(report, files), "");
  lines.push(
    `${cases.length - failed} passed, ${failed} failed (${(report.durationMs / 1000).toFixed(2)} s${cases.some((each) => each.kind === "property") ? `, seed ${report.seed}` : ""})`,
    "",
  );
  return lines.join("\n");
}

function coverageLines(report: TestReport, files: ReadonlyMap<string, SourceFile>): string[] {
  if (report.coverage === null) return [];
  const missing = report.coverage.files.flatMap((file) =>
    file.rules.flatMap((rule) => {
      const line = (offset: number): number => (files.get(file.file)?.positionAt(offset).line ?? 0) + 1;
      const gaps = rule.conditions.flatMap((each) => {
        const text = terminalLine(files.get(file.file)?.text.slice(each.span.start, each.span.end) ?? "");
        const never = [each.held === 0 ? "true" : "", each.failed === 0 ? "false" : ""].filter(
          (one) => one !== "",
        );
        return never.length === 0
          ? []
          : [`  ${file.file}:${line(each.span.start)} \`${text}\` was never ${never.join(" nor ")}`];
      });
      return rule.matched === 0
        ? [`  ${file.file}:${line(rule.span.start)} ${rule.id} never matched`, ...gaps]
        : gaps;
    }),
  );
  return [`coverage ${coveragePercent(report.coverage).toFixed(1)} %`, ...missing];
}
