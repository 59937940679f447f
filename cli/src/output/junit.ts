// JUnit XML, as CI servers read it.
import type { TestReport } from "@aegis/conformance";
import { xml } from "./escape.ts";
import type { Finding } from "./finding.ts";

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

export function writeJunitTests(report: TestReport): string {
  const cases = report.suites.flatMap((suite) => suite.cases);
  const failures = cases.filter((each) => each.status === "failed").length;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="aegisc" tests="${cases.length}" failures="${failures}" time="${seconds(report.durationMs)}">`,
  ];
  for (const suite of report.suites) {
    const failed = suite.cases.filter((each) => each.status === "failed").length;
    const time = suite.cases.reduce((sum, each) => sum + each.durationMs, 0);
    lines.push(
      `  <testsuite name="${xml(suite.file)}" package="${xml(suite.package)}" tests="${suite.cases.length}" failures="${failed}" time="${seconds(time)}">`,
    );
    for (const each of suite.cases) {
      const open = `    <testcase name="${xml(each.name)}" classname="${xml(suite.package)}" time="${seconds(each.durationMs)}"`;
      if (each.failures.length === 0) lines.push(`${open}/>`);
      else {
        lines.push(`${open}>`);
        for (const failure of each.failures) {
          lines.push(
            `      <failure message="${xml(failure.message)}">${xml(failure.details.join("\n"))}</failure>`,
          );
        }
        lines.push("    </testcase>");
      }
    }
    lines.push("  </testsuite>");
  }
  lines.push("</testsuites>", "");
  return lines.join("\n");
}

/** Diagnostics as one test case a file: failed when it has an error. */
export function writeJunitFindings(findings: readonly Finding[], files: readonly string[]): string {
  const errors = findings.filter((each) => each.severity === "error");
  const failing = new Set(errors.map((each) => each.file));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="aegisc check" tests="${files.length}" failures="${failing.size}">`,
    `  <testsuite name="check" tests="${files.length}" failures="${failing.size}">`,
  ];
  for (const file of files) {
    const own = errors.filter((each) => each.file === file);
    const open = `    <testcase name="${xml(file)}" classname="check"`;
    if (own.length === 0) lines.push(`${open}/>`);
    else {
      lines.push(`${open}>`);
      for (const each of own) {
        lines.push(
          `      <failure type="${xml(each.code)}" message="${xml(each.message)}">${xml(`${each.file}:${each.start.line + 1}:${each.start.column + 1}`)}</failure>`,
        );
      }
      lines.push("    </testcase>");
    }
  }
  lines.push("  </testsuite>", "</testsuites>", "");
  return lines.join("\n");
}
