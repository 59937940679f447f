// The policy.wasm of a program, as the wasm backend emits it; two hosts of one program share it.
import { backends } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";

const known = new WeakMap<IrProgram, Uint8Array>();

export function wasmModule(program: IrProgram): Uint8Array {
  const found = known.get(program);
  if (found !== undefined) return found;
  const [module] = backends.get("wasm")?.emit(program, {}) ?? [];
  if (!(module?.content instanceof Uint8Array)) throw new Error("there is no wasm backend");
  known.set(program, module.content);
  return module.content;
}
