// The WASM backend: `policy.wasm` with the interface of the Open Policy Agent, version 1.3, for every SDK that loads it.
import { defineBackend } from "../define-backend.ts";
import { encodeProgram } from "./encode-program.ts";

export const wasmBackend = defineBackend({
  id: "wasm",
  doc: "policy.wasm with the ABI 1.3 of OPA: aegis/decision, aegis/visible and aegis/advance for any OPA SDK.",
  bundled: true,
  emit: (program) => [{ path: "policy.wasm", content: encodeProgram(program) }],
});
