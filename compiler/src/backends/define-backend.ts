// What a backend is: the IR in, files out. A backend sees nothing else of the compiler.
import type { IrProgram } from "@aegis/runtime/core";

export interface Artifact {
  /** Path inside the bundle or output folder; segments of `[A-Za-z0-9._-]`, no leading slash. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Entrypoints for which the bundle's manifest names this module, so that an OPA with a WASM engine asks it. */
  readonly wasmEntrypoints?: readonly string[];
}

export interface BackendOptions {
  /** First line of comment of every file, such as name and version of the toolchain. */
  readonly banner?: string;
  /** Texts that are built with the toolchain, by name; `undefined` for one that is not there. */
  readonly prebuilt?: (name: string) => string | undefined;
}

export interface Backend {
  /** As given to `build -t`. */
  readonly id: string;
  /** One sentence for help and documentation. */
  readonly doc: string;
  /** True when its files belong into the bundle, false when they stand alone. */
  readonly bundled: boolean;
  /** True when it has to be asked for by name. */
  readonly onDemand?: boolean;
  /** Total on every program that the IR decoder accepts; the same files in the same order each time. */
  emit(ir: IrProgram, options: BackendOptions): readonly Artifact[];
}

export const defineBackend = (backend: Backend): Backend => backend;
