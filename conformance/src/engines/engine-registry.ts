// All engines: one line each. The reference comes first; the others are compared with it.
import type { ConformanceEngine } from "./engine.ts";
import { jsModuleEngine } from "./js-module/js-module-engine.ts";
import { nativeClosuresEngine } from "./native-closures/native-closures-engine.ts";
import { nativeGeneratedEngine } from "./native-generated/native-generated-engine.ts";
import { opaWasmRsEngine } from "./opa-wasm-rs/opa-wasm-rs-engine.ts";
import { referenceEngine } from "./reference/reference-engine.ts";
import { regoOpaEngine } from "./rego-opa/rego-opa-engine.ts";
import { wasmHostEngine } from "./wasm-host/wasm-host-engine.ts";
import { wasmNpmEngine } from "./wasm-npm/wasm-npm-engine.ts";

/** By id, in the order of the documentation. */
export const engines: ReadonlyMap<string, ConformanceEngine> = new Map(
  [
    referenceEngine,
    nativeClosuresEngine,
    nativeGeneratedEngine,
    jsModuleEngine,
    wasmHostEngine,
    wasmNpmEngine,
    regoOpaEngine,
    opaWasmRsEngine,
  ].map((engine) => [engine.id, engine]),
);
