// policy.wasm in the runtime's own thin host.
import { backends } from "@aegis/compiler";
import { compileWasm, createWasmEngine } from "@aegis/runtime/core";
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";

export const wasmHostEngine = defineEngine({
  id: "wasm",
  doc: "policy.wasm in the runtime's thin host.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load(program) {
    const [artifact] = backends.get("wasm")?.emit(program, {}) ?? [];
    if (artifact === undefined || typeof artifact.content === "string") throw new Error("no module");
    return Promise.resolve(inProcess(createWasmEngine(compileWasm(artifact.content))));
  },
});
