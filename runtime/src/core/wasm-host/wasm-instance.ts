// An instance of `policy.wasm`: text in, text out.

/** What the host needs of the platform's WebAssembly; it is there in Node, browsers and workers. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
export type WasmModule = object & { readonly __wasmModule?: never };
interface Platform {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}
const platform = (): Platform => (globalThis as unknown as { readonly WebAssembly: Platform }).WebAssembly;

/** Numbers of the entrypoints that the compiler gives. */
export const ENTRYPOINT = { decision: 0, visible: 1 } as const;

const PAGE = 65_536;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Compiles the bytes of a module; throws when they are none. */
export const compileWasm = (bytes: Uint8Array): WasmModule => new (platform().Module)(bytes);

type Ask = (entrypoint: number, address: number, length: number, checked: number) => number;

export class WasmInstance {
  readonly #memory: WasmMemory;
  readonly #ask: Ask;
  readonly #length: () => number;
  /** First byte of the heap. */
  readonly #base: number;
  #bytes: Uint8Array;

  /** Throws when the module is not one of ours. */
  constructor(module: WasmModule, maxPages: number) {
    const { Memory, Instance } = platform();
    this.#memory = new Memory({ initial: 2, maximum: maxPages });
    const aborted = (): never => {
      throw new Error("the module gave up");
    };
    const { exports } = new Instance(module, { env: { memory: this.#memory, opa_abort: aborted } });
    this.#ask = named(exports, "aegis_eval") as Ask;
    this.#length = named(exports, "aegis_length") as () => number;
    this.#base = (named(exports, "opa_heap_ptr_get") as () => number)();
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** The answer of an entrypoint; throws when the module traps. `text` is well-formed or bytes of any kind. */
  ask(entrypoint: number, text: Uint8Array | string, checked: boolean): string {
    const length = this.#write(text);
    const at = this.#ask(entrypoint, this.#base, length, Number(checked));
    return decoder.decode(this.#view().subarray(at, at + this.#length()));
  }

  /** Memory that has grown has another buffer. */
  #view(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  /** Puts the text at the start of the heap and gives its length in bytes. */
  #write(text: Uint8Array | string): number {
    const most = typeof text === "string" ? text.length * 3 : text.length;
    const missing = this.#base + most + 64 - this.#view().length;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    const bytes = this.#view();
    if (typeof text === "string") return encoder.encodeInto(text, bytes.subarray(this.#base)).written;
    bytes.set(text, this.#base);
    return text.length;
  }
}

function named(exports: Readonly<Record<string, unknown>>, name: string): unknown {
  const found = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (typeof found !== "function") throw new Error(`not a policy of Aegis: it has no ${name}`);
  return found;
}
