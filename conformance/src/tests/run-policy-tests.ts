// Runs all tests and properties of a compiled policy.
import type { Analysis, Compilation, ResolvedModule } from "@aegis/compiler";
import { createInterpreter, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { CoverageCollector } from "./coverage.ts";
import { runProperty } from "./run-property.ts";
import { runTest } from "./run-test.ts";
import type { TestCase, TestReport, TestSuite } from "./test-report.ts";
import { testPolicy } from "./test-world.ts";

export interface TestOptions {
  /** Runs only tests and properties whose title contains this. */
  readonly filter?: string;
  /** Of properties; a random one if none is given. */
  readonly seed?: number;
  /** Calls tried for each property. */
  readonly runs?: number;
  readonly coverage?: boolean;
  /** Coverage also of rules that stand in the standard library: for its own tests. */
  readonly libraryRules?: boolean;
  /** The engine under test; the reference interpreter if none is given. */
  readonly engine?: Engine;
  /** Milliseconds; for durations only. */
  readonly clock?: () => number;
  /** Called after each test. */
  readonly progress?: (done: number, all: number) => void;
}

export function runPolicyTests(
  analysis: Analysis,
  compilation: Compilation,
  options: TestOptions = {},
): TestReport {
  const clock = options.clock ?? (() => performance.now());
  const seed = options.seed ?? Math.floor(Math.random() * 0x7fffffff);
  const engine = options.engine ?? createInterpreter(compilation.ir, platform);
  const policy = testPolicy(compilation.ir, engine);
  const collector = options.coverage === true ? new CoverageCollector(compilation) : null;
  const modules = new Map(analysis.resolved.modules.map((each) => [each.module.file, each]));
  const own = new Set(analysis.modules.map((each) => each.file));
  const rules = new Set(compilation.ir.rules.map((each) => each.id));
  const began = clock();
  const jobs: { module: ResolvedModule; run: () => TestCase }[] = [];
  const timed = (run: () => Omit<TestCase, "durationMs" | "status">): TestCase => {
    const start = clock();
    const result = run();
    return {
      ...result,
      status: result.failures.length === 0 ? "passed" : "failed",
      durationMs: clock() - start,
    };
  };
  const wanted = (title: string, file: string): ResolvedModule | undefined =>
    own.has(file) && (options.filter === undefined || title.includes(options.filter))
      ? modules.get(file)
      : undefined;

  for (const { declaration, package: name } of analysis.checked.tests) {
    const module = wanted(declaration.title.value, declaration.span.file);
    if (module === undefined) continue;
    const context = {
      program: compilation.ir,
      policy,
      module,
      package: name,
      rules,
      ...(collector === null ? {} : { observer: collector }),
    };
    jobs.push({
      module,
      run: () =>
        timed(() => ({
          kind: "test",
          name: declaration.title.value,
          span: declaration.title.span,
          failures: runTest(declaration, context),
        })),
    });
  }
  for (const property of compilation.properties.properties) {
    const { declaration, package: name } = property.property;
    const module = wanted(declaration.title.value, declaration.span.file);
    if (module === undefined) continue;
    const { patterns } = compilation.properties;
    const context = {
      program: compilation.ir,
      patterns,
      engine,
      package: name,
      rules,
      seed,
      runs: options.runs ?? 1000,
    };
    jobs.push({
      module,
      run: () =>
        timed(() => ({
          kind: "property",
          name: declaration.title.value,
          span: declaration.title.span,
          failures: runProperty(property, context),
        })),
    });
  }

  const suites = new Map<string, TestSuite & { readonly cases: TestCase[] }>();
  jobs.forEach(({ module, run }, index) => {
    const file = module.module.file;
    const suite = suites.get(file) ?? { file, package: module.package, cases: [] };
    suite.cases.push(run());
    suites.set(file, suite);
    options.progress?.(index + 1, jobs.length);
  });
  return {
    suites: [...suites.values()],
    durationMs: clock() - began,
    seed,
    coverage: collector?.coverage(options.libraryRules === true) ?? null,
  };
}
