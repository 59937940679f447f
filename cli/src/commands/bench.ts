// aegisc bench: what decisions of a policy cost on each engine, and which rules cost most.
import {
  backends,
  bannerOf,
  buildBundle,
  emitArtifacts,
  type Analysis,
  type Compilation,
} from "@aegis/compiler";
import { BENCHED_ENGINES, benchPolicy, generatedRequests, requestsOfTests } from "@aegis/conformance";
import type { IrProgram } from "@aegis/runtime/core";
import { Option } from "commander";
import { declareTrustOptions, openTrusted } from "../bundle-options.ts";
import { listOption, textOption, type CommandDefinition } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { prebuilt } from "../files/prebuilt.ts";
import { UsageError } from "../files/usage-error.ts";
import { documentsOf } from "../input-documents.ts";
import { wantsColour, type Io } from "../io.ts";
import { writePrettyBench, type BenchedPolicy } from "../output/pretty-bench.ts";
import { compileProject, declarePolicyOptions, type Options } from "../policy-options.ts";
import { repeatable } from "../repeatable.ts";
import { TOOLCHAIN } from "../version.ts";

/** Requests that are made where the policy has no tests and none are given. */
const GENERATED = 1000;
/** The most that are timed: enough that no cache holds them all. */
const MOST = 5000;

export const command: CommandDefinition = {
  declare(command, run) {
    declareTrustOptions(
      declarePolicyOptions(command).option("--bundle <file>", "time a bundle instead of sources"),
    )
      .option("--input <file>", "requests to time: a JSON document, or one a line (`-` is standard input)")
      .addOption(
        new Option(
          "--requests <origin>",
          "without --input: what the policy's tests ask, or calls made for its tools",
        )
          .choices(["tests", "generated"])
          .default("tests", "tests, where there are any"),
      )
      .option("--seed <number>", "seed of the calls that are made", "1")
      .addOption(repeatable("--engine <engine>", "which engines (default: all)", [...BENCHED_ENGINES.keys()]))
      .option("--rounds <number>", "rounds that are timed, after three that are not", "7")
      .option("--time <ms>", "how long each engine is timed in a round", "100")
      .option("--max-rules <number>", "exit with 1 when a request has more rules to look at")
      .addOption(
        new Option("--format <format>", "how to print").choices(["pretty", "json"]).default("pretty"),
      )
      .option("--json", "the same as --format json");
    run(bench);
  },
};

interface Subject {
  readonly ir: IrProgram;
  /** Null of a bundle: its tests stay with its sources. */
  readonly source: { readonly analysis: Analysis; readonly compilation: Compilation } | null;
  readonly bundleBytes: number;
}

async function bench(io: Io, paths: readonly string[], options: Options): Promise<ExitCode> {
  const rounds = whole(options, "rounds");
  const roundMs = whole(options, "time");
  const most = options["maxRules"] === undefined ? Infinity : whole(options, "maxRules");
  const seed = whole(options, "seed");
  const subject = await subjectOf(io, paths, options);
  if (subject === null) return EXIT.wanting;
  const { from, texts } = await requestsFor(io, subject, options, seed);
  const asked = listOption(options, "engine");
  const report = await benchPolicy(subject.ir, texts.slice(0, MOST), {
    engines: asked.length === 0 ? [...BENCHED_ENGINES.keys()] : asked,
    resources: { prebuilt },
    rounds,
    roundMs,
  });
  if (report === null)
    throw new UsageError(
      "no request reaches the rules",
      "give requests with --input, or --requests generated",
    );
  const benched: BenchedPolicy = { from, bundleBytes: subject.bundleBytes, ...report };
  const json = options["json"] === true || textOption(options, "format") === "json";
  io.out(
    json
      ? `${JSON.stringify({ version: 1, ...benched }, null, 2)}\n`
      : writePrettyBench(benched, { colour: wantsColour(io), columns: io.columns }),
  );
  if (report.lookedAt.max <= most) return EXIT.ok;
  io.err(`a request has ${String(report.lookedAt.max)} rules to look at: more than ${String(most)}\n`);
  return EXIT.wanting;
}

/** Null when the sources are wrong; that has been printed. */
async function subjectOf(io: Io, paths: readonly string[], options: Options): Promise<Subject | null> {
  const file = textOption(options, "bundle");
  if (file !== null && paths.length > 0)
    throw new UsageError("a policy or a bundle?", "name policies, or a bundle with --bundle, not both");
  const project = file === null ? compileProject(io, paths, options) : null;
  if (file === null && project === null) return null;
  const ir = project?.compilation.ir ?? (await openTrusted(io, file ?? "", options)).ir;
  return { ir, source: project, bundleBytes: await bundleSize(ir) };
}

/** Of the bundle that `aegisc build` makes, without its signature and what it says of its sources. */
async function bundleSize(ir: IrProgram): Promise<number> {
  const targets = [...backends.values()].filter((each) => each.bundled && each.onDemand !== true);
  const artifacts = emitArtifacts(ir, targets, { banner: bannerOf(TOOLCHAIN), prebuilt });
  const build = { toolchain: TOOLCHAIN, backends: targets.map(({ id }) => id) };
  const metadata = { serial: 1, sources: {}, manifests: {}, library: {}, build };
  return (await buildBundle(ir, artifacts, { metadata })).length;
}

async function requestsFor(
  io: Io,
  { ir, source }: Subject,
  options: Options,
  seed: number,
): Promise<{ readonly from: BenchedPolicy["from"]; readonly texts: readonly string[] }> {
  const input = textOption(options, "input");
  if (input !== null) {
    const texts: string[] = [];
    for await (const text of documentsOf(io, input)) texts.push(text);
    if (texts.length === 0)
      throw new UsageError("there is no request in the input", "give one JSON document, or one a line");
    return { from: "input", texts };
  }
  const asked =
    source === null || textOption(options, "requests") === "generated"
      ? []
      : requestsOfTests(source.analysis, source.compilation);
  return asked.length > 0
    ? { from: "tests", texts: asked }
    : { from: "generated", texts: generatedRequests(ir, seed, GENERATED) };
}

const NAMES: Readonly<Record<string, string>> = { maxRules: "max-rules" };

function whole(options: Options, name: string): number {
  const text = textOption(options, name) ?? "";
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new UsageError(
      `--${NAMES[name] ?? name}: \`${text}\` is no number`,
      "write a whole number from 1 on",
    );
  return value;
}
