// What the harness asks of an engine: a program goes in once, requests as text go in, documents come out.
import type { IrProgram } from "@aegis/runtime/core";

export interface ConformanceEngine {
  /** As given to `--engines`. */
  readonly id: string;
  /** One sentence for help and documentation. */
  readonly doc: string;
  /** `process`: loaded into this process. `peer`: another program, which decides requests in batches. */
  readonly runs: "process" | "peer";
  /** `bytes`: any text at all. `i-json`: JSON values within the limits of I-JSON; other texts are not put to it. */
  readonly accepts: "bytes" | "i-json";
  /** What it lacks to run here, in words; null when nothing. */
  missing(): string | null;
  /** Rejects when the engine refuses the program. */
  load(program: IrProgram, resources: EngineResources): Promise<LoadedEngine>;
  /**
   * From the files of a bundle, by name without leading slash, as they stand there; absent where an engine reads none of
   * them. Rejects when the file that it needs is not among them or is refused.
   */
  open?(files: ReadonlyMap<string, Uint8Array>): Promise<LoadedEngine>;
}

export interface LoadedEngine {
  /** A document for each request, in the same order; what is no decision document is a disagreement. */
  decide(requests: readonly string[]): Promise<readonly unknown[]>;
  /** The list phase, for each `{agent, context}` as text; absent where the engine has none. */
  visible?(requests: readonly string[]): Promise<readonly unknown[]>;
  close(): void;
}

/** What engines are made from that does not lie in this package. */
export interface EngineResources {
  /** Texts that are built with the toolchain, by name; `undefined` for one that has not been built. */
  readonly prebuilt: (name: string) => string | undefined;
}

export const defineEngine = (engine: ConformanceEngine): ConformanceEngine => engine;
