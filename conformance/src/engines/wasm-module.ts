// The policy.wasm of a program, as the wasm backend emits it.
import { backends } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";

export function wasmModule(program: IrProgram): Uint8Array {
  const [module] = backends.get("wasm")?.emit(program, {}) ?? [];
  if (!(module?.content instanceof Uint8Array)) throw new Error("there is no wasm backend");
  return module.content;
}
