// The benchmark: every engine in its own process, answers compared first, repetitions interleaved. `npm run bench`.
import { execFileSync, fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BENCH_ENGINES, type BenchEngineEntry } from "./bench-engine.ts";
import type { BenchReport, BenchRow } from "./bench-report.ts";
import { median } from "./bench-report.ts";
import { chartOf } from "./chart.ts";
import type { ChildReply, ChildTask } from "./child-protocol.ts";
import type { BenchAnswer } from "./workload/bench-rule.ts";
import { SIZES } from "./workload/rule-set.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    engines: { type: "string" },
    sizes: { type: "string" },
    repetitions: { type: "string", default: "7" },
    out: { type: "string", default: join(import.meta.dirname, "results") },
  },
});
const HERE = import.meta.dirname;
const REPETITIONS = Number(options.repetitions);
const WARM_UP = 3;
/** Engines whose decisions are not compared. */
const MUTE = new Set(["json-parse"]);

interface Running {
  readonly entry: BenchEngineEntry;
  readonly child: ChildProcess;
  readonly loaded: Extract<ChildReply, { kind: "loaded" }>;
  readonly coldMs: number;
  readonly times: number[];
  readonly p99: number[];
}

const chosen = BENCH_ENGINES.filter(
  ({ id, quick }) =>
    (options.engines === undefined || options.engines.split(",").includes(id)) &&
    (!options.quick || quick === true),
);
const sizes = (options.sizes?.split(",").map(Number) ?? [...SIZES]) as number[];
if (chosen.some(({ module }) => module.startsWith("peers/"))) installPeers();

const rows: BenchRow[] = [];
for (const requests of ["spread", "fixed"] as const) {
  for (const size of sizes) {
    // What is measured with the same requests is growth: of the limits and of Aegis alone.
    const entries = chosen.filter(
      ({ max, quick }) => size <= max && (requests === "spread" || quick === true),
    );
    rows.push(...(await measure(entries, size, requests)));
  }
}
const report: BenchReport = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
  repetitions: REPETITIONS,
  rows,
};
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, "bench.json"), `${JSON.stringify(report, null, 1)}\n`);
writeFileSync(join(options.out, "bench.svg"), chartOf(report));

async function measure(
  entries: readonly BenchEngineEntry[],
  size: number,
  requests: ChildTask["requests"],
): Promise<BenchRow[]> {
  const running: Running[] = [];
  for (const entry of entries) {
    try {
      running.push(await start(entry, size, requests));
    } catch (error) {
      console.error(`${entry.id}: left out at ${size} rules (${String(error)})`);
    }
  }
  compare(running, size);
  for (let repetition = 0; repetition < WARM_UP + REPETITIONS; repetition += 1) {
    for (const each of running) {
      const reply = await ask(each.child, "repeat");
      if (reply.kind !== "timed" || repetition < WARM_UP) continue;
      each.times.push(reply.ns);
      each.p99.push(reply.p99);
    }
  }
  const base = running.find(({ entry }) => entry.id === "hand");
  const baseNs = base === undefined ? NaN : median(base.times);
  return running.map(({ entry, child, loaded, coldMs, times, p99 }) => {
    child.send("stop");
    const row: BenchRow = {
      engine: entry.id,
      label: entry.label,
      rules: size,
      requests,
      ns: round(median(times)),
      low: round(Math.min(...times)),
      high: round(Math.max(...times)),
      p99: round(median(p99)),
      ratio: round(median(times) / baseNs),
      loadMs: round(loaded.loadMs),
      coldMs: round(coldMs),
      memoryMb: round(loaded.memoryMb),
    };
    console.log(
      `${requests} ${String(size).padStart(6)}  ${entry.id.padEnd(18)} ${String(row.ns).padStart(10)} ns  ${row.ratio}x`,
    );
    return row;
  });
}

async function start(
  entry: BenchEngineEntry,
  size: number,
  requests: ChildTask["requests"],
): Promise<Running> {
  const task: ChildTask = {
    module: entry.module,
    size,
    requests,
    calls: Math.max(
      200,
      Math.round(entry.calls / (entry.module.startsWith("peers/") ? Math.sqrt(size / 10) : 1)),
    ),
    async: entry.async === true,
  };
  const began = performance.now();
  const child = fork(join(HERE, "child.ts"), [JSON.stringify(task)], {
    execArgv: [...(entry.flags ?? []), "--expose-gc", "--conditions=@aegis/source", "--import", "tsx"],
  });
  const loaded = await reply(child);
  if (loaded.kind !== "loaded") throw new Error("it did not load");
  return { entry, child, loaded, coldMs: performance.now() - began, times: [], p99: [] };
}

function ask(child: ChildProcess, message: "repeat"): Promise<ChildReply> {
  child.send(message);
  return reply(child);
}

function reply(child: ChildProcess): Promise<ChildReply> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`its process ended (${String(code)})`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as ChildReply);
    });
  });
}

/** All engines must give the same answers; one that cannot name rules is held to its decisions. */
function compare(running: readonly Running[], size: number): void {
  const compared = running.filter(({ entry }) => !MUTE.has(entry.id));
  const [first, ...others] = compared;
  for (const other of others) {
    const wrong = other.loaded.answers.findIndex(
      (answer, index) => !agree(answer, first?.loaded.answers[index]),
    );
    if (wrong < 0) continue;
    running.forEach(({ child }) => child.kill());
    const found = JSON.stringify([first?.loaded.answers[wrong], other.loaded.answers[wrong]]);
    throw new Error(
      `${first?.entry.id} and ${other.entry.id} disagree, ${size} rules, request ${wrong}: ${found}`,
    );
  }
}

function agree(one: BenchAnswer, other: BenchAnswer | undefined): boolean {
  if (one.decision !== other?.decision) return false;
  return one.rules === null || other.rules === null || one.rules.join() === other.rules.join();
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Peers stand in a package of their own, so that installing the project stays quick. */
function installPeers(): void {
  if (existsSync(join(HERE, "node_modules"))) return;
  console.error("installing the peers …");
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], {
    cwd: HERE,
    stdio: "inherit",
  });
}
