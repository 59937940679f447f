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
/** Rounds, in each of which everything is run once: the machine's hours come to all alike. */
const ROUNDS = 11;
/** Rounds that what takes seconds is run in. */
const FEW = 3;
const TIMEOUT_MS = 120_000;

/** What a program in a process of its own takes from start to end, and what it prints of its work. */
interface Taken {
  readonly wallMs: number;
  readonly workMs?: number;
  readonly jsMs?: number;
}

/** A program to run again and again. */
interface Subject {
  readonly args: readonly string[];
  readonly rounds: number;
  /** What is told of its times. */
  readonly told: readonly { readonly id: string; readonly label: string; readonly what?: keyof Taken }[];
}

/** Builds the toolchain first: what ships is timed. What fails is left out, and told. */
export async function timeAll(
  stage: Stage,
  sizes: readonly number[],
  { leftOut }: Pick<MeasureOptions, "leftOut">,
): Promise<readonly BenchTiming[]> {
  const file = (name: string): string => join(stage.folder, name);
  const { privateKey, publicKey } = await generateDevKey();
  writeFileSync(file("key.pem"), privateKey);
  writeFileSync(file("public.pem"), publicKey);
  writeFileSync(file("request.json"), JSON.stringify(grantedRequest()));
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });

  const large = sizes.filter((each) => each > LOADED_RULES);
  const subjects: readonly Subject[] = [
    ...[...new Set([LOADED_RULES, ...large])].flatMap((size) => compiling(stage, size)),
    ...loading(stage),
    subject(["check", "`aegisc check` of an example, process included"], [AEGISC, "check", EXAMPLE]),
    subject(["node", "a Node process that does nothing"], ["-e", "0"]),
  ];
  return timed(subjects, leftOut);
}

/** Leaves the bundle of that size in the stage. */
function compiling(stage: Stage, size: number): readonly Subject[] {
  const file = (name: string): string => join(stage.folder, name);
  const [source, bundle, key] = [file(sourceOf(size)), file(bundleOf(size)), file("key.pem")];
  writeFileSync(source, toAegis(ruleSet(size)));
  const rounds = size > LOADED_RULES ? FEW : ROUNDS;
  const [id, rules] = [String(size), `${size.toLocaleString("en")} rules`];
  return [
    {
      args: [stage.module("timings/compile-all.ts"), source, key, JS_RUNTIME, bundle],
      rounds,
      told: [
        { id: `compile-${id}`, label: `compile ${rules} to all targets, process included` },
        { id: `compile-work-${id}`, label: "the same, process left out", what: "workMs" },
        { id: `compile-js-${id}`, label: "of that the JavaScript module", what: "jsMs" },
      ],
    },
    {
      args: [AEGISC, "build", source, "--signing-key", key, "-o", bundle],
      rounds,
      told: [{ id: `build-${id}`, label: `\`aegisc build\`, ${rules}, process included` }],
    },
  ];
}

function loading(stage: Stage): readonly Subject[] {
  const file = (name: string): string => join(stage.folder, name);
  const files = [bundleOf(LOADED_RULES), "public.pem", "request.json"].map(file);
  const [source, other] = [file("other.aegis"), file("other.tar.gz")];
  writeFileSync(source, toAegis(ruleSet(LOADED_RULES)).replace("package bench", "package other"));
  run([stage.module("timings/compile-all.ts"), source, file("key.pem"), JS_RUNTIME, other]);
  const load = [stage.module("timings/load-bundle.ts"), ...files];
  const rules = `${LOADED_RULES.toLocaleString("en")} rules`;
  return [
    {
      args: load,
      rounds: ROUNDS,
      told: [
        {
          id: "load",
          label: `load a bundle of ${rules}, verified, to its first decision, in a new process`,
          what: "workMs",
        },
        { id: "load-process", label: "the same, process included" },
      ],
    },
    subject(["load-whole", "the same, every rule checked before"], [...load, "whole"], "workMs"),
    subject(
      ["load-warm", "the same, every rule checked before, in a process that has loaded ten such bundles"],
      [...load, "whole", other],
      "workMs",
    ),
  ];
}

const subject = (
  [id, label]: readonly [string, string],
  args: readonly string[],
  what: keyof Taken = "wallMs",
): Subject => ({ args, rounds: ROUNDS, told: [{ id, label, what }] });

/** A round before those that count finds no file in the page cache, and makes the bundles that others load. */
function timed(subjects: readonly Subject[], leftOut: MeasureOptions["leftOut"]): readonly BenchTiming[] {
  const taken = new Map<Subject, Taken[]>(subjects.map((each) => [each, []]));
  for (let nth = -1; nth < ROUNDS; nth++)
    for (const [each, times] of taken) {
      if (nth >= each.rounds) continue;
      try {
        const time = run(each.args);
        if (nth >= 0) times.push(time);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        leftOut(`${each.told[0]?.label ?? ""}: ${problem.split("\n")[0] ?? ""}`);
        taken.delete(each);
      }
    }
  return [...taken].flatMap(([{ told }, times]) =>
    told.map(({ id, label, what = "wallMs" }) => {
      const values = times.map((each) => each[what] ?? NaN);
      return {
        id,
        label,
        ms: round(median(values)),
        low: round(Math.min(...values)),
        high: round(Math.max(...values)),
        repetitions: values.length,
      };
    }),
  );
}

const sourceOf = (size: number): string => `rules-${String(size)}.aegis`;
const bundleOf = (size: number): string => `rules-${String(size)}.tar.gz`;

function grantedRequest(): unknown {
  const decide = handWritten(ruleSet(10));
  return fixedRequests(100).find((request) => decide(request).decision === "allow");
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
