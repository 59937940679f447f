// The ten rules as if and else, as an engine of the benchmark.
import type { BenchEngine } from "../../bench-engine.ts";
import type { BenchAnswer } from "../../workload/bench-rule.ts";
import { handWrittenIfElse } from "./hand-written-if-else.ts";

const engine: BenchEngine = {
  load: () => ({
    prepare: (requests) => requests,
    decide: handWrittenIfElse as (request: unknown) => unknown,
    answer: (decided) => decided as BenchAnswer,
  }),
};
export default engine;
