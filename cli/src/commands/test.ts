// aegisc test: runs the tests and properties of a policy.
import { Option } from "commander";
import {
  conformPolicy,
  coveragePercent,
  engines as knownEngines,
  runPolicyTests,
  type TestReport,
} from "@aegis/conformance";
import {
  generatedAfter,
  createInterpreter,
  createNativeEngine,
  type Engine,
  type IrProgram,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { flagOption, textOption, type CommandDefinition } from "../command.ts";
import { enginesOf } from "../conform-options.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { prebuilt } from "../files/prebuilt.ts";
import { UsageError } from "../files/usage-error.ts";
import { wantsColour, type Io } from "../io.ts";
import { writeCobertura, writeLcov } from "../output/coverage-reports.ts";
import { findingsOfTests } from "../output/finding.ts";
import { writeGithub } from "../output/github.ts";
import { writeJunitTests } from "../output/junit.ts";
import { writePrettyTests } from "../output/pretty-tests.ts";
import { writeSarif } from "../output/sarif.ts";
import { writeTap } from "../output/tap.ts";
import { writeOutput } from "../output/write-output.ts";
import {
  compileProject,
  declareLibraryOption,
  declarePolicyOptions,
  type AnalysedProject,
  type Options,
} from "../policy-options.ts";
import { progressOf } from "../progress.ts";
import { VERSION } from "../version.ts";
import { watchProject } from "../watch.ts";

const FORMATS = ["pretty", "json", "junit", "tap", "sarif", "github"] as const;

export const command: CommandDefinition = {
  declare(command, run) {
    declareLibraryOption(declarePolicyOptions(command))
      .addOption(new Option("--format <format>", "how to print").choices([...FORMATS]).default("pretty"))
      .option("-o, --output <file>", "write to a file instead of standard output")
      .option("--filter <text>", "only tests and properties whose title contains this")
      .option("--seed <number>", "seed of the properties, to run them again alike")
      .option("--runs <number>", "calls tried for each property", "1000")
      .option("--coverage", "which rules and conditions the tests exercised")
      .option("--threshold <percent>", "fail below this coverage (implies --coverage)")
      .option("--lcov <file>", "write coverage as lcov")
      .option("--cobertura <file>", "write coverage as Cobertura XML")
      .option(
        "--engines <engines>",
        "run the tests on each engine as well, and compare requests: names, or `all`",
      )
      .option("--watch", "run again whenever a source changes");
    run(async (io, positional, options) => {
      if (flagOption(options, "watch"))
        return watchProject(io, outputs(options), () => runOnce(io, positional, options));
      const code = runOnce(io, positional, options);
      const engines = textOption(options, "engines");
      return code !== EXIT.ok || engines === null ? code : onEngines(io, positional, options, engines);
    });
  },
};

/** The files that a run writes. */
const outputs = (options: Options): readonly string[] =>
  ["output", "lcov", "cobertura"].flatMap((name) => textOption(options, name) ?? []);

/** Engines that can run tests step by step. */
const STEPPING: ReadonlyMap<string, (ir: IrProgram) => Engine> = new Map([
  ["reference", (ir) => createInterpreter(ir, platform)],
  ["native-closures", (ir) => createNativeEngine(ir, platform, { promotion: null })],
  ["native-generated", (ir) => createNativeEngine(ir, platform, { promotion: generatedAfter(0) })],
]);
/** Requests that are compared on the others. */
const COMPARED = 500;

/** The tests on every engine that runs them step by step, then requests made for the policy on all of them. */
async function onEngines(
  io: Io,
  positional: readonly string[],
  options: Options,
  names: string,
): Promise<ExitCode> {
  const chosen = enginesOf(io, names, knownEngines);
  const project = compileProject(io, positional, options);
  if (project === null) return EXIT.wanting;
  const { ir } = project.compilation;
  for (const { id } of chosen) {
    const create = STEPPING.get(id);
    if (create === undefined) continue;
    const report = runPolicyTests(project.analysis, project.compilation, { seed: 1, engine: create(ir) });
    const cases = report.suites.flatMap((suite) => suite.cases);
    const failed = cases.filter(({ status }) => status === "failed").length;
    io.err(`${id}: ${String(cases.length - failed)} of ${String(cases.length)} pass\n`);
    if (failed > 0) return EXIT.wanting;
  }
  const resources = { prebuilt };
  const { compared, divergence } = await conformPolicy(ir, {
    engines: chosen,
    resources,
    seed: 1,
    cases: COMPARED,
  });
  if (divergence !== null) {
    io.err(divergence);
    return EXIT.wanting;
  }
  for (const [id, count] of compared) io.err(`${id}: ${String(count)} documents, all alike\n`);
  return EXIT.ok;
}

function runOnce(io: Io, positional: readonly string[], options: Options): ExitCode {
  const project = compileProject(io, positional, options);
  if (project === null) return EXIT.wanting;
  const threshold = numberOption(options, "threshold") ?? project.loaded.project.coverageThreshold;
  const wantsCoverage =
    flagOption(options, "coverage") ||
    threshold !== null ||
    options["lcov"] !== undefined ||
    options["cobertura"] !== undefined;
  const filter = textOption(options, "filter");
  const seed = numberOption(options, "seed");
  const progress = progressOf(io, "tests");
  const report = runPolicyTests(project.analysis, project.compilation, {
    coverage: wantsCoverage,
    libraryRules: flagOption(options, "asLibrary"),
    runs: numberOption(options, "runs") ?? 1000,
    ...(filter === null ? {} : { filter }),
    ...(seed === null ? {} : { seed }),
    progress: (done: number, all: number) => progress.at(done, all),
  });
  progress.end();
  if (report.suites.length === 0) {
    throw new UsageError(
      filter === null ? "there are no tests" : `no test has \`${filter}\` in its title`,
      "write a `test` block beside the rules; see docs/tutorial.md",
    );
  }
  writeOutput(
    io,
    textOption(options, "output"),
    print(io, report, project, textOption(options, "format") ?? "pretty"),
  );
  if (report.coverage !== null) {
    for (const [option, write] of [
      ["lcov", writeLcov],
      ["cobertura", writeCobertura],
    ] as const) {
      const file = textOption(options, option);
      if (file !== null) writeOutput(io, file, write(report.coverage, project.analysis.files));
    }
  }
  const failed = report.suites.some((suite) => suite.cases.some((each) => each.status === "failed"));
  const short =
    threshold !== null && report.coverage !== null && coveragePercent(report.coverage) < threshold;
  if (short) io.err(`coverage is below ${threshold} %\n`);
  return failed || short ? EXIT.wanting : EXIT.ok;
}

function print(io: Io, report: TestReport, project: AnalysedProject, format: string): string {
  const { files } = project.analysis;
  switch (format) {
    case "json":
      return `${JSON.stringify({ version: 1, ...report }, null, 2)}\n`;
    case "junit":
      return writeJunitTests(report);
    case "tap":
      return writeTap(report);
    case "sarif":
      return writeSarif(findingsOfTests(report, files), VERSION);
    case "github":
      return writeGithub(findingsOfTests(report, files));
    default:
      return writePrettyTests(report, files, { colour: wantsColour(io) });
  }
}

function numberOption(options: Options, name: string): number | null {
  const text = textOption(options, name);
  if (text === null) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new UsageError(`--${name}: \`${text}\` is no number`);
  return value;
}
