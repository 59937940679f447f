// Loads one program into several engines; an engine that refuses it is part of the answer, not a failure.
import type { IrProgram } from "@aegis/runtime/core";
import type { ConformanceEngine, EngineResources, LoadedEngine } from "../engines/engine.ts";

export interface Loaded {
  readonly engine: ConformanceEngine;
  /** Null when the engine refused the program, for the reason in `refusal`. */
  readonly loaded: LoadedEngine | null;
  readonly refusal: string;
}

export interface LoadedEngines {
  readonly all: readonly Loaded[];
  close(): void;
}

export async function loadEngines(
  program: IrProgram,
  engines: readonly ConformanceEngine[],
  resources: EngineResources,
): Promise<LoadedEngines> {
  const all: Loaded[] = [];
  for (const engine of engines) {
    try {
      all.push({ engine, loaded: await engine.load(program, resources), refusal: "" });
    } catch (error) {
      all.push({ engine, loaded: null, refusal: String(error) });
    }
  }
  return { all, close: () => all.forEach(({ loaded }) => loaded?.close()) };
}
