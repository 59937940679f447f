// Law 1, from the text on: policies that the real compiler has compiled, on every engine.
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { engines } from "../engines/engine-registry.ts";
import { compareCase } from "../harness/check-case.ts";
import { requestsFor } from "../harness/random-case.ts";
import { randomSource } from "../random-source/source.ts";

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 2);

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

describe("policies as text", () => {
  const running = [...engines.values()].filter(({ missing }) => missing() === null);
  const seeds = Array.from({ length: PROGRAMS }, (_, index) => FIRST + index);

  it.each(seeds)("of seed %i decide alike on every engine", { timeout: 120_000 }, async (seed) => {
    const { text, compilation } = randomSource(seed);
    const requests = requestsFor(compilation.ir, seed, 80);
    const { divergences } = await compareCase(compilation.ir, requests, running, {
      prebuilt: () => prebuilt,
    });
    const [found] = divergences;
    if (found !== undefined)
      expect.fail([text, found.request, ...[...found.documents].map((each) => each.join(": "))].join("\n"));
  });
});
