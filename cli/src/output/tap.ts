// TAP 14: one line a test.
import type { TestReport } from "@aegis/conformance";
import { tapLine } from "./escape.ts";

export function writeTap(report: TestReport): string {
  const cases = report.suites.flatMap((suite) => suite.cases.map((each) => ({ suite, each })));
  const lines = ["TAP version 14", `1..${cases.length}`];
  cases.forEach(({ suite, each }, index) => {
    lines.push(
      `${each.status === "passed" ? "ok" : "not ok"} ${index + 1} - ${tapLine(`${suite.package}: ${each.name}`)}`,
    );
    for (const failure of each.failures) {
      for (const line of [failure.message, ...failure.details]) lines.push(`# ${tapLine(line)}`);
    }
  });
  return `${lines.join("\n")}\n`;
}
