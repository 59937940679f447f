// What surrounds decisions: compiling, loading, checking, each in new processes, as somebody would meet it.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { generateDevKey } from "@aegis/compiler";
import type { BenchTiming } from "../bench-report.ts";
import { median } from "../bench-report.ts";
import { handWritten } from "../engines/limits/hand-written.ts";
import type { MeasureOptions } from "../measure.ts";
import type { Stage } from "../process/prepare.ts";
import { fixedRequests } from "../workload/requests.ts";
import { ruleSet } from "../workload/rule-set.ts";
import { toAegis } from "../workload/to-aegis.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const AEGISC = join(ROOT, "cli/dist/aegisc.js");
const JS_RUNTIME = join(ROOT, "cli/dist/js-runtime.txt");
const EXAMPLE = join(ROOT, "examples/codegen/codegen-agent.yaml");
const LOADED_RULES = 1_000;
const FEW = 3;
const TIMEOUT_MS = 120_000;

/** What a program in a process of its own takes from start to end, and what it prints of its work. */
interface Taken {
  readonly wallMs: number;
  readonly workMs?: number;
  readonly jsMs?: number;
}

/** Builds the toolchain first: what ships is timed. A part that fails is left out, and told. */
export async function timeAll(
  stage: Stage,
  sizes: readonly number[],
  { repetitions, leftOut }: MeasureOptions,
): Promise<readonly BenchTiming[]> {
  const file = (name: string): string => join(stage.folder, name);
  const { privateKey, publicKey } = await generateDevKey();
  writeFileSync(file("key.pem"), privateKey);
  writeFileSync(file("public.pem"), publicKey);
  writeFileSync(file("request.json"), JSON.stringify(grantedRequest()));
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });

  const timings: BenchTiming[] = [];
  const part = (name: string, time: () => readonly BenchTiming[]): void => {
    try {
      timings.push(...time());
    } catch (error) {
      leftOut(`${name}: ${(error instanceof Error ? error.message : String(error)).split("\n")[0] ?? ""}`);
    }
  };
  for (const size of new Set([LOADED_RULES, ...sizes.filter((each) => each > LOADED_RULES)]))
    part(`compiling ${String(size)} rules`, () => compiling(stage, size, repetitions));
  part("loading", () => loading(stage, repetitions));
  part("checking", () => [
    timing(
      "check",
      "`aegisc check` of an example, process included",
      runs(repetitions, [AEGISC, "check", EXAMPLE]),
    ),
    timing("node", "a Node process that does nothing", runs(repetitions, ["-e", "0"])),
  ]);
  return timings;
}

/** Leaves the bundle of that size in the stage. */
function compiling(stage: Stage, size: number, repetitions: number): readonly BenchTiming[] {
  const file = (name: string): string => join(stage.folder, name);
  const [source, bundle, key] = [file(sourceOf(size)), file(bundleOf(size)), file("key.pem")];
  writeFileSync(source, toAegis(ruleSet(size)));
  // What takes seconds is run less often.
  const times = size > LOADED_RULES ? FEW : repetitions;
  const rules = `${size.toLocaleString("en")} rules`;
  const all = runs(times, [stage.module("timings/compile-all.ts"), source, key, JS_RUNTIME, bundle]);
  const build = runs(times, [AEGISC, "build", source, "--signing-key", key, "-o", bundle]);
  return [
    timing(`compile-${String(size)}`, `compile ${rules} to all targets, process included`, all),
    timing(`compile-work-${String(size)}`, "the same, process left out", all, "workMs"),
    timing(`compile-js-${String(size)}`, "of that the JavaScript module", all, "jsMs"),
    timing(`build-${String(size)}`, `\`aegisc build\`, ${rules}, process included`, build),
  ];
}

function loading(stage: Stage, repetitions: number): readonly BenchTiming[] {
  const file = (name: string): string => join(stage.folder, name);
  const files = [bundleOf(LOADED_RULES), "public.pem", "request.json"].map(file);
  const [source, other] = [file("other.aegis"), file("other.tar.gz")];
  writeFileSync(source, toAegis(ruleSet(LOADED_RULES)).replace("package bench", "package other"));
  run([stage.module("timings/compile-all.ts"), source, file("key.pem"), JS_RUNTIME, other]);
  const loads = (...how: readonly string[]): readonly Taken[] =>
    runs(repetitions, [stage.module("timings/load-bundle.ts"), ...files, ...how]);
  const early = loads();
  const rules = `${LOADED_RULES.toLocaleString("en")} rules`;
  return [
    timing(
      "load",
      `load a bundle of ${rules}, verified, to its first decision, in a new process`,
      early,
      "workMs",
    ),
    timing("load-process", "the same, process included", early),
    timing("load-whole", "the same, every rule checked before", loads("whole"), "workMs"),
    timing(
      "load-warm",
      "the same, every rule checked before, in a process that has loaded ten such bundles",
      loads("whole", other),
      "workMs",
    ),
  ];
}

const sourceOf = (size: number): string => `rules-${String(size)}.aegis`;
const bundleOf = (size: number): string => `rules-${String(size)}.tar.gz`;

function timing(
  id: string,
  label: string,
  taken: readonly Taken[],
  what: keyof Taken = "wallMs",
): BenchTiming {
  const values = taken.map((each) => each[what] ?? NaN);
  return {
    id,
    label,
    ms: round(median(values)),
    low: round(Math.min(...values)),
    high: round(Math.max(...values)),
    repetitions: values.length,
  };
}

function grantedRequest(): unknown {
  const decide = handWritten(ruleSet(10));
  return fixedRequests(100).find((request) => decide(request).decision === "allow");
}

/** The first run finds no file in the page cache; where there are more than a few it is not told. */
function runs(times: number, args: readonly string[]): readonly Taken[] {
  if (times > FEW) run(args);
  return Array.from({ length: times }, () => run(args));
}

function run(args: readonly string[]): Taken {
  const start = performance.now();
  const printed = execFileSync(process.execPath, args, {
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const wallMs = performance.now() - start;
  const told: unknown = printed.startsWith('{"') ? JSON.parse(printed) : {};
  return { wallMs, ...(told as Omit<Taken, "wallMs">) };
}

const round = (value: number): number => Number(value.toPrecision(4));
