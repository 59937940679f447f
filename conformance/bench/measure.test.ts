// A run stops where two engines disagree, and goes on without one that does not load.
import { afterAll, beforeAll, expect, it } from "vitest";
import { BENCH_ENGINES, type BenchEngineEntry } from "./engine-registry.ts";
import { measure } from "./measure.ts";
import { Stage } from "./process/prepare.ts";
import { generatedWorkload } from "./workload/workloads.ts";

const stage = new Stage();
const hand = BENCH_ENGINES.filter(({ id }) => id === "hand");
const workload = generatedWorkload("spread", 10);
const entry = (id: string): BenchEngineEntry => ({ id, label: id, module: `testing/${id}.mjs`, max: 10 });

beforeAll(() => stage.bundle(hand));
afterAll(() => stage.remove());

const run = (entries: readonly BenchEngineEntry[], leftOut: (what: string) => void = () => undefined) =>
  measure(
    stage,
    entries.map((each) => ({ entry: each, workload })),
    { repetitions: 1, leftOut },
  );

it("stops where an engine answers otherwise than the first", async () => {
  await expect(run([...hand, entry("denies-all")])).rejects.toThrow(
    /hand and denies-all disagree on request \d+ of spread-10: \[\{"decision":"(allow|approval_needed|deny)"/,
  );
});

it("goes on without an engine that does not load, and says so", async () => {
  const told: string[] = [];
  expect(await run([entry("does-not-load")], (what) => told.push(what))).toEqual([]);
  expect(told).toEqual([expect.stringMatching(/^does-not-load at 10 rules: its process ended \(1\)/)]);
});
