// What an engine of the benchmark is: it gets a rule set once and then answers requests.
import type { BenchAnswer, BenchRequest, BenchRule } from "./workload/bench-rule.ts";

export interface BenchEngine {
  /** What is done ahead, when a policy is built or written: not timed. Without it the rules themselves are loaded. */
  build?(rules: readonly BenchRule[]): unknown;
  /** Everything that a program does once, at its start. */
  load(built: unknown): Promise<LoadedBenchEngine> | LoadedBenchEngine;
}

export interface LoadedBenchEngine {
  /** Requests in the form that the engine takes, made before the clock starts. */
  prepare(requests: readonly BenchRequest[]): readonly unknown[];
  /** What is timed. */
  decide(prepared: unknown): unknown;
  /** What a decision says, for the comparison. */
  answer(decided: unknown): BenchAnswer;
  close?(): void;
}

export interface BenchEngineEntry {
  readonly id: string;
  readonly label: string;
  /** Module of the engine, beside this file; its default export is a `BenchEngine`. */
  readonly module: string;
  /** Largest rule set that it is given: a peer that needs seconds a decision is not asked about 10,000. */
  readonly max: number;
  /** Decisions a repetition, at 10 rules; fewer where there are more rules. */
  readonly calls: number;
  /** Calls are awaited. */
  readonly async?: true;
  /** Flags of its own process. */
  readonly flags?: readonly string[];
  /** Part of the quick run. */
  readonly quick?: true;
}

/** In the order of the table: limits, Aegis, peers. */
export const BENCH_ENGINES: readonly BenchEngineEntry[] = [
  {
    id: "hand",
    label: "hand-written indexed interpreter",
    module: "engines/limits/hand.ts",
    max: 1e6,
    calls: 200_000,
    quick: true,
  },
  {
    id: "if-else",
    label: "hand-written if and else, these ten rules",
    module: "engines/limits/if-else.ts",
    max: 10,
    calls: 200_000,
    quick: true,
  },
  {
    id: "aegis",
    label: "Aegis native, validated object in",
    module: "engines/aegis/valid.ts",
    max: 1e6,
    calls: 200_000,
    quick: true,
  },
  {
    id: "aegis-closures",
    label: "Aegis native without generated code",
    module: "engines/aegis/closures.ts",
    max: 1e6,
    calls: 200_000,
    quick: true,
  },
  {
    id: "aegis-object",
    label: "Aegis native, plain object in, validated",
    module: "engines/aegis/object.ts",
    max: 1e6,
    calls: 50_000,
    quick: true,
  },
  {
    id: "aegis-text",
    label: "Aegis native, JSON bytes in, validated",
    module: "engines/aegis/bytes.ts",
    max: 1e6,
    calls: 50_000,
    quick: true,
  },
  {
    id: "json-parse",
    label: "`JSON.parse` of the same text alone",
    module: "engines/limits/json-parse.ts",
    max: 1e6,
    calls: 50_000,
    quick: true,
  },
  {
    id: "cel-js",
    label: "@marcbachmann/cel-js, indexed by the host",
    module: "peers/cel-js.mjs",
    max: 1e6,
    calls: 20_000,
  },
  {
    id: "bufbuild-cel",
    label: "@bufbuild/cel, indexed by the host",
    module: "peers/bufbuild-cel.mjs",
    max: 1e6,
    calls: 10_000,
  },
  {
    id: "opa-wasm",
    label: "OPA's WASM, rules as code, npm SDK",
    module: "peers/opa-wasm.mjs",
    max: 1e4,
    calls: 5_000,
  },
  {
    id: "opa-wasm-data",
    label: "OPA's WASM, rules as data, npm SDK",
    module: "peers/opa-wasm-data.mjs",
    max: 1e4,
    calls: 5_000,
  },
  {
    id: "cedar",
    label: "cedar-wasm, pre-parsed",
    module: "peers/cedar.mjs",
    max: 1e4,
    calls: 1_000,
    flags: ["--no-turbo-inline-js-wasm-calls"],
  },
  {
    id: "casbin",
    label: "casbin, conditions as a JavaScript function",
    module: "peers/casbin.mjs",
    max: 1e3,
    calls: 1_000,
  },
  {
    id: "json-rules-engine",
    label: "json-rules-engine",
    module: "peers/json-rules-engine.mjs",
    max: 1e3,
    calls: 500,
    async: true,
  },
];
