// Runs one case on engines; of the first disagreement it gives a small case and the report.
import type { IrProgram } from "@aegis/runtime/core";
import type { ConformanceEngine, EngineResources } from "../engines/engine.ts";
import { shrinkCase } from "../shrink/shrink-case.ts";
import { compareEngines, type Comparison, type Divergence, type Entrypoint } from "./compare.ts";
import { loadEngines } from "./loaded-engines.ts";

export async function compareCase(
  program: IrProgram,
  requests: readonly string[],
  engines: readonly ConformanceEngine[],
  resources: EngineResources,
  entrypoint: Entrypoint = "decision",
): Promise<Comparison> {
  const loaded = await loadEngines(program, engines, resources);
  try {
    return await compareEngines(loaded, requests, entrypoint);
  } finally {
    loaded.close();
  }
}

export interface SmallDivergence extends Divergence {
  readonly program: IrProgram;
}

/** The divergence made small with the engines that take part in it; then all engines say what they think of it. */
export async function shrinkDivergence(
  program: IrProgram,
  found: Divergence,
  engines: readonly ConformanceEngine[],
  resources: EngineResources,
  entrypoint: Entrypoint = "decision",
): Promise<SmallDivergence> {
  const [reference, ...others] = engines;
  const expected = found.documents.get(reference?.id ?? "");
  const odd = others.filter(({ id }) => found.documents.has(id) && found.documents.get(id) !== expected);
  const pair = [reference, odd.find((each) => each.runs === "process") ?? odd[0]].filter(
    (each) => each !== undefined,
  );
  const small = await shrinkCase({ program, request: found.request }, async (candidate) => {
    const { divergences } = await compareCase(
      candidate.program,
      [candidate.request],
      pair,
      resources,
      entrypoint,
    );
    return divergences.length > 0;
  });
  const { divergences } = await compareCase(small.program, [small.request], engines, resources, entrypoint);
  return { program: small.program, ...(divergences[0] ?? found) };
}
