// policy.wasm in the runtime's own thin host.
import { compileWasm, createWasmEngine } from "@aegis/runtime/core";
import { defineEngine, type LoadedEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";
import { wasmModule } from "../wasm-module.ts";

export const wasmHostEngine = defineEngine({
  id: "wasm",
  doc: "policy.wasm in the runtime's thin host.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load: (program) => hosted(wasmModule(program)),
  open: (files) => {
    const module = files.get("policy.wasm");
    return module === undefined ? Promise.reject(new Error("the bundle has no policy.wasm")) : hosted(module);
  },
});

const hosted = (module: Uint8Array): Promise<LoadedEngine> =>
  Promise.resolve(inProcess(createWasmEngine(compileWasm(module))));
