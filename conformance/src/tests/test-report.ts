// The result of running a policy's tests and properties, as data for every report format.
import type { Span } from "@aegis/compiler";

export interface TestReport {
  readonly suites: readonly TestSuite[];
  readonly durationMs: number;
  /** Seed of the properties, to run them again alike. */
  readonly seed: number;
  readonly coverage: Coverage | null;
}

/** The tests of one file. */
export interface TestSuite {
  readonly file: string;
  readonly package: string;
  readonly cases: readonly TestCase[];
}

export interface TestCase {
  readonly kind: "test" | "property";
  readonly name: string;
  readonly span: Span;
  readonly status: "passed" | "failed";
  readonly durationMs: number;
  /** What was found, in the order in which it happened. Never holds redacted values. */
  readonly failures: readonly TestFailure[];
}

export interface TestFailure {
  readonly span: Span;
  /** One line: what was expected and what came. */
  readonly message: string;
  /** More lines: the decision, the request of a counter-example, why a rule did not match. */
  readonly details: readonly string[];
}

/** Which rules and conditions the tests exercised. */
export interface Coverage {
  readonly files: readonly FileCoverage[];
}
export interface FileCoverage {
  readonly file: string;
  readonly rules: readonly RuleCoverage[];
}
export interface RuleCoverage {
  readonly id: string;
  readonly span: Span;
  /** How often the rule was looked at, matched, and did not match though its action was asked for. */
  readonly matched: number;
  readonly missed: number;
  readonly conditions: readonly { readonly span: Span; readonly held: number; readonly failed: number }[];
}

/** Share of outcomes seen, in percent: each rule matched and not matched (where it can miss), each condition both ways. */
export function coveragePercent(coverage: Coverage): number {
  let seen = 0;
  let all = 0;
  for (const rule of coverage.files.flatMap((file) => file.rules)) {
    all += 1;
    if (rule.matched > 0) seen += 1;
    for (const condition of rule.conditions) {
      all += 2;
      seen += (condition.held > 0 ? 1 : 0) + (condition.failed > 0 ? 1 : 0);
    }
  }
  return all === 0 ? 100 : (100 * seen) / all;
}
