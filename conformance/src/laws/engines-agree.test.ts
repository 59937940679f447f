// Law 1: all engines give the same document, for random policies and requests of every kind.
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";
import type { ConformanceEngine } from "../engines/engine.ts";
import { compareCase, shrinkDivergence } from "../harness/check-case.ts";
import { listRequestsFor, randomCase } from "../harness/random-case.ts";
import { reportDivergence } from "../harness/report-divergence.ts";

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 0);
/** Programs and requests a program: peers start a process for each program. */
const RUNS = { process: { programs: 5, requests: 60 }, peer: { programs: 2, requests: 60 } } as const;

const [reference, ...others] = engines.values();
const missing = (engine: ConformanceEngine): boolean => {
  const lacks = engine.missing();
  if (lacks !== null) console.warn(`skipped: ${engine.id}: ${lacks}`);
  return lacks !== null;
};

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe.each(others.map((engine) => ({ id: engine.id, engine })))("$id and the reference", ({ engine }) => {
  const pair = [reference, engine].filter((each) => each !== undefined);
  const { programs, requests } = RUNS[engine.runs];

  it.skipIf(missing(engine))("agree on decisions and lists", { timeout: 120_000 }, async () => {
    const resources = { prebuilt: () => prebuilt };
    for (let seed = FIRST; seed < FIRST + (PROGRAMS || programs); seed += 1) {
      const { program, requests: calls } = randomCase(seed, requests);
      for (const [entrypoint, texts] of [
        ["decision", calls],
        ["visible", listRequestsFor(program, seed, 15)],
      ] as const) {
        const { divergences, compared } = await compareCase(program, texts, pair, resources, entrypoint);
        const [found] = divergences;
        if (found !== undefined) {
          const small = await shrinkDivergence(program, found, pair, resources, entrypoint);
          expect.fail(reportDivergence(`seed ${String(seed)}, ${entrypoint}`, small.program, small));
        }
        expect(compared.get(engine.id)).toBeGreaterThan(texts.length / 2);
      }
    }
  });
});
