// A module of a program, instantiated as hosts do it, with its raw functions.
import { backends } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";

export function moduleOf(program: IrProgram): Uint8Array<ArrayBuffer> {
  const [artifact] = backends.get("wasm")?.emit(program, {}) ?? [];
  if (artifact === undefined || typeof artifact.content === "string") throw new Error("no module");
  return new Uint8Array(artifact.content);
}

/** What is used of the platform's WebAssembly, whose types come with the DOM only. */
interface Memory {
  readonly buffer: ArrayBuffer;
}
interface WebAssemblyPlatform {
  readonly Module: (new (bytes: Uint8Array) => object) & {
    readonly imports: (
      module: object,
    ) => readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  };
  readonly Memory: new (pages: { readonly initial: number; readonly maximum?: number }) => Memory;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}
export const { Module, Memory, Instance } = (
  globalThis as unknown as { readonly WebAssembly: WebAssemblyPlatform }
).WebAssembly;

export type Call = (...args: readonly number[]) => number;

/** A host with the given number of pages; `opa_abort` throws its message. */
export class RawHost {
  readonly memory: Memory;
  readonly exports: Readonly<Record<string, unknown>>;

  constructor(module: Uint8Array<ArrayBuffer>, pages = 2, maximum?: number) {
    this.memory = new Memory({ initial: pages, ...(maximum === undefined ? {} : { maximum }) });
    const opa_abort = (address: number): never => {
      throw new Error(this.text(address));
    };
    // Ours import none of these; modules that OPA compiles may.
    const builtin = (): never => {
      throw new Error("a builtin of the host");
    };
    const builtins = Object.fromEntries(
      [0, 1, 2, 3, 4].map((args) => [`opa_builtin${String(args)}`, builtin]),
    );
    const imports = { env: { memory: this.memory, opa_abort, ...builtins } };
    this.exports = new Instance(new Module(module), imports).exports;
  }

  call(name: string, ...args: readonly number[]): number {
    return (this.exports[name] as Call)(...args);
  }

  /** Up to the NUL. */
  text(address: number): string {
    const bytes = new Uint8Array(this.memory.buffer);
    return new TextDecoder().decode(bytes.slice(address, bytes.indexOf(0, address)));
  }

  /** Writes at an address without making room, as some hosts do. */
  put(address: number, text: string): number {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(this.memory.buffer).set(bytes, address);
    return bytes.length;
  }

  json(value: number): unknown {
    return JSON.parse(this.text(this.call("opa_json_dump", value)));
  }

  /** A text through `opa_malloc` and a parser, given back as hosts do. */
  parse(text: string, parser = "opa_value_parse", extra = 0): number {
    const address = this.call("opa_malloc", new TextEncoder().encode(text).length + extra);
    const length = this.put(address, text);
    const value = this.call(parser, address, length + extra);
    this.call("opa_free", address);
    return value;
  }
}
