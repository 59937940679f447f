// `JSON.parse` alone: what reading a request costs at the least in JavaScript. It decides nothing and is not compared.
import type { BenchEngine } from "../../bench-engine.ts";

const engine: BenchEngine = {
  load: () => ({
    prepare: (requests) => requests.map((request) => JSON.stringify(request)),
    decide: (text) => JSON.parse(text as string) as unknown,
    answer: () => ({ decision: "deny", rules: null }),
  }),
};
export default engine;
