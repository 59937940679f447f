// The WASM backends: `policy.wasm` with the interface of the Open Policy Agent, version 1.3, for every SDK that loads it.
import { defineBackend } from "../define-backend.ts";
import { encodeProgram, ENTRYPOINTS } from "./encode-program.ts";

const PATH = "policy.wasm";

export const wasmBackend = defineBackend({
  id: "wasm",
  doc: `policy.wasm with the ABI 1.3 of OPA, for any OPA SDK: ${ENTRYPOINTS.join(", ")}.`,
  bundled: true,
  emit: (program) => [{ path: PATH, content: encodeProgram(program) }],
});

/** An OPA without a WASM engine refuses such a bundle, so this is not what is built by default. */
export const opaWasmBackend = defineBackend({
  id: "opa-wasm",
  doc: "policy.wasm that the bundle's manifest names: for an OPA built with its WASM engine.",
  bundled: true,
  onDemand: true,
  emit: (program) => [{ path: PATH, content: encodeProgram(program), wasmEntrypoints: ENTRYPOINTS }],
});
