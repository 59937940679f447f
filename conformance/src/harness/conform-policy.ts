// Runs one policy on several engines with requests made for it: what authors do with their own policy.
import type { DecisionDocument, IrProgram } from "@aegis/runtime/core";
import type { ConformanceEngine, EngineResources } from "../engines/engine.ts";
import { shrinkDivergence } from "./check-case.ts";
import { compareEngines } from "./compare.ts";
import { loadEngines } from "./loaded-engines.ts";
import { listRequestsFor, requestsFor } from "./random-case.ts";
import { reportDivergence } from "./report-divergence.ts";

export interface ConformOptions {
  /** The first is the one that the others are compared with. */
  readonly engines: readonly ConformanceEngine[];
  readonly resources: EngineResources;
  readonly seed: number;
  /** Requests to make. */
  readonly cases: number;
  readonly progress?: (done: number, all: number) => void;
}

export interface ConformReport {
  /** Documents compared, by engine. */
  readonly compared: ReadonlyMap<string, number>;
  /** How often each decision was given. */
  readonly decisions: ReadonlyMap<string, number>;
  /** The first disagreement, made small, as text; null when there is none. */
  readonly divergence: string | null;
}

const BATCH = 500;

export async function conformPolicy(
  program: IrProgram,
  { engines, resources, seed, cases, progress }: ConformOptions,
): Promise<ConformReport> {
  const compared = new Map<string, number>();
  const decisions = new Map<string, number>();
  const loaded = await loadEngines(program, engines, resources);
  try {
    for (let done = 0, part = seed; done < cases; done += BATCH, part += 1) {
      const count = Math.min(BATCH, cases - done);
      for (const entrypoint of ["decision", "visible"] as const) {
        const texts =
          entrypoint === "decision" ? requestsFor(program, part, count) : listRequestsFor(program, part, 10);
        const result = await compareEngines(loaded, texts, entrypoint);
        for (const [id, number] of result.compared) compared.set(id, (compared.get(id) ?? 0) + number);
        const [found] = result.divergences;
        if (found !== undefined) {
          const small = await shrinkDivergence(program, found, engines, resources, entrypoint);
          const origin = `${entrypoint}, --seed ${String(seed)}`;
          return { compared, decisions, divergence: reportDivergence(origin, small.program, small) };
        }
        if (entrypoint === "visible") continue;
        for (const { decision } of result.reference as readonly DecisionDocument[]) {
          decisions.set(decision, (decisions.get(decision) ?? 0) + 1);
        }
      }
      progress?.(Math.min(done + BATCH, cases), cases);
    }
  } finally {
    loaded.close();
  }
  return { compared, decisions, divergence: null };
}
