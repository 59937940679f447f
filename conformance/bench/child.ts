// One engine in a process of its own: loads a rule set, answers, and times repetitions when told to.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchEngine } from "./bench-engine.ts";
import type { ChildReply, ChildTask } from "./child-protocol.ts";
import { fixedRequests, requestsFor } from "./workload/requests.ts";
import { ruleSet } from "./workload/rule-set.ts";
import { winning } from "./workload/winning.ts";

const REQUESTS = 1_000;
/** Decisions timed one by one for the 99th percentile. */
const SAMPLES = 2_000;

const task = JSON.parse(process.argv[2] ?? "{}") as ChildTask;
const module = (await import(pathToFileURL(resolve(import.meta.dirname, task.module)).href)) as {
  readonly default: BenchEngine;
};
const rules = ruleSet(task.size);
const requests = (task.requests === "fixed" ? fixedRequests(REQUESTS) : requestsFor(rules, REQUESTS)).map(
  (request) => JSON.parse(JSON.stringify(request)) as typeof request,
);
const engine = module.default;
const built = engine.build === undefined ? rules : await engine.build(rules);
globalThis.gc?.();
const before = process.memoryUsage();
const started = performance.now();
const loaded = await engine.load(built);
const first = loaded.prepare(requests.slice(0, 1));
await loaded.decide(first[0]);
const loadMs = performance.now() - started;
globalThis.gc?.();
const after = process.memoryUsage();
const prepared = loaded.prepare(requests);

const answers = [];
for (const each of prepared) answers.push(winning(rules, loaded.answer(await loaded.decide(each))));

process.on("message", (message: "repeat" | "stop") => {
  if (message === "stop") {
    loaded.close?.();
    process.exit(0);
  }
  void repetition().then((reply) => process.send?.(reply));
});
send({
  kind: "loaded",
  loadMs,
  memoryMb: (after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20,
  answers,
});

function send(reply: ChildReply): void {
  process.send?.(reply);
}

async function repetition(): Promise<ChildReply> {
  const { calls } = task;
  let sink = 0;
  const start = process.hrtime.bigint();
  if (task.async) {
    for (let index = 0; index < calls; index++) if (await loaded.decide(prepared[index % REQUESTS])) sink++;
  } else {
    for (let index = 0; index < calls; index++) if (loaded.decide(prepared[index % REQUESTS])) sink++;
  }
  const ns = Number(process.hrtime.bigint() - start) / calls;
  const samples: number[] = [];
  for (let index = 0; index < Math.min(SAMPLES, calls); index++) {
    const from = process.hrtime.bigint();
    const decided = loaded.decide(prepared[index % REQUESTS]);
    if (task.async) await decided;
    samples.push(Number(process.hrtime.bigint() - from));
  }
  samples.sort((left, right) => left - right);
  return { kind: "timed", ns, p99: samples[Math.floor(samples.length * 0.99)] ?? 0, sink };
}
