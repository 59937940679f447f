// Runs tests and properties of a project.
import { compile, type Analysis } from "@aegis/compiler";
import { runPolicyTests, type Coverage, type TestFailure } from "@aegis/conformance";
import { testId, testsOf } from "../../workspace/tests.ts";

export type TestRun =
  | {
      readonly ok: true;
      readonly results: readonly {
        readonly id: string;
        readonly status: "passed" | "failed";
        readonly durationMs: number;
        readonly failures: readonly TestFailure[];
      }[];
      readonly coverage: Coverage | null;
      readonly seed: number;
    }
  | { readonly ok: false; readonly reason: string };

/** Calls tried for each property: enough to find something while a person waits. */
const PROPERTY_RUNS = 300;

/** Runs the tests with these ids, or all, in the reference interpreter; no code is generated. */
export function runTests(analysis: Analysis, ids: ReadonlySet<string> | null, coverage: boolean): TestRun {
  const compiled = compile(analysis);
  if (!compiled.ok) return { ok: false, reason: "the policy has errors" };
  const wanted = testsOf(analysis).filter((each) => ids?.has(each.id) ?? true);
  // One by one where a few are wanted: titles are not unique over files.
  const titles = ids === null ? [undefined] : [...new Set(wanted.map((each) => each.title))];
  const results = new Map<string, Extract<TestRun, { ok: true }>["results"][number]>();
  let merged: Coverage | null = null;
  let seed = 0;
  for (const filter of titles) {
    const report = runPolicyTests(analysis, compiled, {
      ...(filter === undefined ? {} : { filter }),
      runs: PROPERTY_RUNS,
      coverage,
    });
    seed = report.seed;
    merged = merge(merged, report.coverage);
    for (const suite of report.suites)
      for (const { name, status, durationMs, failures } of suite.cases) {
        const id = testId(suite.file, name);
        if (ids?.has(id) ?? true) results.set(id, { id, status, durationMs, failures });
      }
  }
  return { ok: true, results: [...results.values()], coverage: merged, seed };
}

function merge(a: Coverage | null, b: Coverage | null): Coverage | null {
  if (a === null || b === null) return a ?? b;
  return {
    files: b.files.map((file) => {
      const earlier = a.files.find((each) => each.file === file.file);
      return {
        file: file.file,
        rules: file.rules.map((rule) => {
          const before = earlier?.rules.find((each) => each.id === rule.id);
          return {
            ...rule,
            matched: rule.matched + (before?.matched ?? 0),
            missed: rule.missed + (before?.missed ?? 0),
            conditions: rule.conditions.map((condition, index) => ({
              ...condition,
              held: condition.held + (before?.conditions[index]?.held ?? 0),
              failed: condition.failed + (before?.conditions[index]?.failed ?? 0),
            })),
          };
        }),
      };
    }),
  };
}
