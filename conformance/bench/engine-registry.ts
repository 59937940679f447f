// All engines of the benchmark, in the order of the table: limits, Aegis, peers. An engine is one file and one line here.

export interface BenchEngineEntry {
  readonly id: string;
  readonly label: string;
  /** Module of the engine, beside this file; its default export is a `BenchEngine`. */
  readonly module: string;
  /** Module whose default export makes of the rules what `load` gets, when a policy is built: not timed. */
  readonly build?: string;
  /** Largest rule set that it is given: a peer that needs seconds a decision is not asked about 10,000. */
  readonly max: number;
  /** Calls are awaited. */
  readonly async?: true;
  /** Flags of its own process. */
  readonly flags?: readonly string[];
  /** Limits and Aegis: part of the quick run. */
  readonly quick?: true;
  /** Part of the run that shows growth: the same requests at every size. */
  readonly growth?: true;
  /** It decides nothing: its answers are not compared. */
  readonly mute?: true;
  /** It names some of the rules that decided: those must be among the rules that did. */
  readonly namesSome?: true;
}

const limit = (id: string, label: string, more: Partial<BenchEngineEntry> = {}): BenchEngineEntry => ({
  id,
  label,
  module: `engines/limits/${id}.ts`,
  max: Infinity,
  quick: true,
  ...more,
});

const aegis = (
  id: string,
  file: string,
  label: string,
  more: Partial<BenchEngineEntry> = {},
): BenchEngineEntry => ({
  id,
  label: `Aegis ${label}`,
  module: `engines/aegis/${file}.ts`,
  build: "engines/aegis/build-program.ts",
  max: Infinity,
  quick: true,
  ...more,
});

const peer = (id: string, label: string, more: Partial<BenchEngineEntry> = {}): BenchEngineEntry => ({
  id,
  label,
  module: `peers/${id}.mjs`,
  max: 10_000,
  ...more,
});

/** Before Node 24 V8 aborts in cedar-wasm 4.13 without this. */
const CEDAR_FLAGS =
  Number.parseInt(process.versions.node, 10) < 24 ? ["--no-turbo-inline-js-wasm-calls"] : [];

/* prettier-ignore */
export const BENCH_ENGINES: readonly BenchEngineEntry[] = [
  limit("hand", "hand-written indexed interpreter", { growth: true }),
  limit("if-else", "hand-written if and else, these ten rules", { max: 10 }),
  limit("json-parse", "`JSON.parse` of the same text alone", { mute: true, growth: true }),
  aegis("aegis", "valid", "native, validated object in", { growth: true }),
  aegis("aegis-closures", "closures", "native without generated code"),
  aegis("aegis-object", "object", "native, plain object in, validated"),
  aegis("aegis-text", "bytes", "native, JSON bytes in, validated", { growth: true }),
  aegis("aegis-wasm", "wasm", "WASM, JSON bytes in, validated", { build: "engines/aegis/build-wasm.ts" }),
  peer("cel-js", "@marcbachmann/cel-js, indexed by the host"),
  peer("bufbuild-cel", "@bufbuild/cel, indexed by the host"),
  peer("opa-wasm", "OPA's WASM, rules as code, npm SDK", { build: "peers/build-opa-wasm.mjs" }),
  peer("opa-wasm-data", "OPA's WASM, rules as data, npm SDK", { build: "peers/build-opa-wasm-data.mjs" }),
  peer("casbin", "casbin, conditions as a JavaScript function", { max: 1_000 }),
  peer("cedar", "cedar-wasm, pre-parsed", { flags: CEDAR_FLAGS }),
  peer("json-rules-engine", "json-rules-engine", { max: 1_000, async: true }),
  peer("opa-server", "OPA's server, HTTP on loopback, kept alive", { async: true }),
  peer("cerbos", "Cerbos's server, gRPC on loopback, with outputs", { async: true, namesSome: true }),
];
