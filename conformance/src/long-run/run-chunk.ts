// One piece of a long run: some programs, each with its requests, on all chosen engines.
import { createInterpreter, type DecisionDocument } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { ConformanceEngine, EngineResources } from "../engines/engine.ts";
import { inProcess } from "../engines/in-process.ts";
import { shrinkDivergence } from "../harness/check-case.ts";
import { compareEngines } from "../harness/compare.ts";
import {
  countingObserver,
  countsOf,
  newConstructCount,
  type ConstructCount,
} from "../harness/construct-count.ts";
import { loadEngines } from "../harness/loaded-engines.ts";
import { listRequestsFor, randomCase } from "../harness/random-case.ts";
import { reportDivergence } from "../harness/report-divergence.ts";
import { addTallies, newTally, type Tally } from "./tally.ts";

export interface Chunk {
  /** Number of the first case; the same number is the same case everywhere. */
  readonly first: number;
  readonly programs: number;
  /** Requests for each program. */
  readonly requests: number;
}

/** `engines` begins with the reference. */
export async function runChunk(
  { first, programs, requests }: Chunk,
  engines: readonly ConformanceEngine[],
  resources: EngineResources,
): Promise<Tally> {
  const constructs = newConstructCount();
  let tally = newTally();
  for (let seed = first; seed < first + programs; seed += 1) {
    tally = addTallies(tally, await runProgram(seed, requests, engines, resources, constructs));
  }
  return { ...tally, constructs: countsOf(constructs) };
}

async function runProgram(
  seed: number,
  requests: number,
  engines: readonly ConformanceEngine[],
  resources: EngineResources,
  constructs: ConstructCount,
): Promise<Tally> {
  const { program, requests: calls } = randomCase(seed, requests);
  const [reference, ...others] = engines;
  if (reference === undefined) return newTally();
  const observer = countingObserver(program, constructs);
  const interpreter = createInterpreter(program, platform);
  const observed: ConformanceEngine = {
    ...reference,
    load: () =>
      Promise.resolve(
        inProcess({
          decideText: (text) => interpreter.decideText(text, observer),
          visible: (request) => interpreter.visible(request),
        }),
      ),
  };
  const loaded = await loadEngines(program, [observed, ...others], resources);
  const tally: Tally = { ...newTally(), programs: 1, pairs: calls.length };
  try {
    for (const entrypoint of ["decision", "visible"] as const) {
      const texts = entrypoint === "decision" ? calls : listRequestsFor(program, seed, 5);
      const { divergences, reference: documents, compared } = await compareEngines(loaded, texts, entrypoint);
      const [found] = divergences;
      if (found !== undefined) {
        const small = await shrinkDivergence(program, found, engines, resources, entrypoint);
        const origin = `case ${String(seed)} with ${String(requests)} requests, ${entrypoint}`;
        tally.divergences.push(reportDivergence(origin, small.program, small));
      }
      if (entrypoint === "visible") continue;
      tally.compared = Object.fromEntries(compared);
      for (const { decision, code } of documents as readonly DecisionDocument[]) {
        tally.decisions[decision] = (tally.decisions[decision] ?? 0) + 1;
        tally.codes[code] = (tally.codes[code] ?? 0) + 1;
      }
    }
  } finally {
    loaded.close();
  }
  return tally;
}
