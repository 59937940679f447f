// All backends: one line each.
import type { Backend } from "./define-backend.ts";
import { jsBackend } from "./js/js-backend.ts";
import { regoBackend } from "./rego/rego-backend.ts";
import { opaWasmBackend, wasmBackend } from "./wasm/wasm-backend.ts";

/** By id, in the order of the documentation. */
export const backends: ReadonlyMap<string, Backend> = new Map(
  [regoBackend, wasmBackend, opaWasmBackend, jsBackend].map((backend) => [backend.id, backend]),
);
