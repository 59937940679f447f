// One engine in a process of its own: loads a rule set, answers, and times repetitions when told to.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { deserialize } from "node:v8";
import type { BenchEngine, LoadedBenchEngine } from "../bench-engine.ts";
import type { BenchAnswer } from "../workload/bench-rule.ts";
import { winning } from "../workload/winning.ts";
import type { ChildOrder, ChildReply, ChildTask, WorkloadFile } from "./child-protocol.ts";

/** Long enough for what becomes code after thousands of calls of each action. */
const WARM_UP_MS = 3_000;
const REPETITION_MS = 200;
const LEAST_CALLS = 20;
/** Of the warm-up, about so long is timed at once. */
const CHUNK_NS = 2e7;
/** Decisions of a repetition that are timed one by one; those that take long are all timed so. */
const SAMPLES = 2_000;
const LONG_NS = 20_000;
/** How long the comparison may take: a slow engine is compared on fewer requests, never on less than fifty. */
const COMPARE_MS = 4_000;
const LEAST_COMPARED = 50;

const task = JSON.parse(process.argv[2] ?? "{}") as ChildTask;
const beforeReading = performance.now();
const { rules, requests } = JSON.parse(readFileSync(task.workload, "utf8")) as WorkloadFile;
const reading = performance.now() - beforeReading;
const { default: engine } = (await import(pathToFileURL(task.module).href)) as {
  readonly default: BenchEngine;
};
const built: unknown = task.built === null ? rules : deserialize(readFileSync(task.built));

const beforeLoading = performance.now();
const loaded = await engine.load(built);
await loaded.decide(loaded.prepare(requests.slice(0, 1))[0]);
const end = performance.now();
const prepared = loaded.prepare(requests);
const samples: number[] = [];
let calls = LEAST_CALLS;
/** Decisions are counted here, so that none of them is optimized away. */
let sink = 0;

process.on("disconnect", stop);
process.on("message", (order: ChildOrder) => {
  if (order === "stop") stop();
  else void ORDERS[order](loaded).then(send);
});
send({ kind: "loaded", loadMs: end - beforeLoading, coldMs: end - reading });

const ORDERS: Readonly<
  Record<Exclude<ChildOrder, "stop">, (loaded: LoadedBenchEngine) => Promise<ChildReply>>
> = {
  async answer({ decide, answer }) {
    const answers: BenchAnswer[] = [];
    const started = performance.now();
    for (const each of prepared) {
      answers.push(winning(rules, answer(await decide(each))));
      if (answers.length >= LEAST_COMPARED && performance.now() - started > COMPARE_MS) break;
    }
    return { kind: "answered", answers };
  },
  async warm() {
    const started = performance.now();
    let done = 0;
    let fastest = Infinity;
    while (performance.now() - started < WARM_UP_MS) {
      const chunk = Math.max(1, Math.round(CHUNK_NS / fastest));
      fastest = Math.min(fastest, await timed(chunk, done));
      done += chunk;
    }
    calls = Math.max(LEAST_CALLS, Math.round((REPETITION_MS * 1e6) / fastest));
    return { kind: "warm", calls };
  },
  async repeat() {
    const singly = samples.length > 0 && (samples[samples.length >> 1] ?? 0) > LONG_NS;
    const ns = singly ? await sampled(calls) : await timed(calls, 0);
    if (!singly) await sampled(Math.min(SAMPLES, calls));
    const sorted = Float64Array.from(samples).sort();
    return {
      kind: "timed",
      ns,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      memoryMb:
        (process.memoryUsage.rss() + (loaded.server === undefined ? 0 : rssOf(loaded.server))) / 2 ** 20,
    };
  },
};

/** Nanoseconds of a decision, the mean of that many, from that request on. */
async function timed(count: number, from: number): Promise<number> {
  const { decide } = loaded;
  const { length } = prepared;
  const start = process.hrtime.bigint();
  if (task.async) {
    for (let index = 0; index < count; index++)
      if ((await decide(prepared[(from + index) % length])) !== undefined) sink++;
  } else {
    for (let index = 0; index < count; index++)
      if (decide(prepared[(from + index) % length]) !== undefined) sink++;
  }
  return Number(process.hrtime.bigint() - start) / count;
}

/** The same, each decision with a time of its own, kept for the percentile. */
async function sampled(count: number): Promise<number> {
  const first = samples.length;
  for (let index = 0; index < count; index++) {
    const start = process.hrtime.bigint();
    const decided = loaded.decide(prepared[(first + index) % prepared.length]);
    if (task.async) await decided;
    samples.push(Number(process.hrtime.bigint() - start));
  }
  return samples.slice(first).reduce((sum, each) => sum + each, 0) / count;
}

/** Bytes of resident memory of another process, by /proc; 0 where there is none. */
function rssOf(pid: number): number {
  try {
    const [, pages] = readFileSync(`/proc/${String(pid)}/statm`, "utf8").split(" ");
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}

function send(reply: ChildReply): void {
  process.send?.(reply);
}

function stop(): void {
  loaded.close?.();
  process.exit(sink < 0 ? 1 : 0);
}
