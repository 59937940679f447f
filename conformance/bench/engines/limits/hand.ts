// The frozen interpreter as an engine of the benchmark.
import type { BenchEngine } from "../../bench-engine.ts";
import type { BenchAnswer, BenchRule } from "../../workload/bench-rule.ts";
import { handWritten } from "./hand-written.ts";

const engine: BenchEngine = {
  load: (rules) => ({
    prepare: (requests) => requests,
    decide: handWritten(rules as readonly BenchRule[]) as (request: unknown) => unknown,
    answer: (decided) => decided as BenchAnswer,
  }),
};
export default engine;
