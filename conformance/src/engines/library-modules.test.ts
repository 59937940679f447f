// Every request that the tests of a library module decide: each engine decides it as the interpreter does.
import { analyse, compile, SourceFile, NO_INPUTS } from "@aegis/compiler";
import { canonicalJson, createInterpreter, type Engine, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { beforeAll, describe, expect, it } from "vitest";
import { buildJsRuntime } from "../../../scripts/build-js-runtime.ts";
import { libraryFolders } from "../library/library-folder-node.ts";
import { runPolicyTests } from "../tests/run-policy-tests.ts";
import { engines } from "./engine-registry.ts";

/** Of one module and one engine; its tests come before its properties. */
const MOST = Number(process.env["AEGIS_FUZZ_RUNS"] ?? 60);

/** Each different request once, spread over all that were decided. */
function spread(requests: readonly string[]): readonly string[] {
  const all = [...new Set(requests)];
  const step = Math.max(1, all.length / MOST);
  return Array.from(
    { length: Math.min(MOST, all.length) },
    (_, index) => all[Math.floor(index * step)] ?? "",
  );
}

/** The program of a module's tests, and what they ask. */
function askedOf(
  name: string,
  tests: string,
): { readonly ir: IrProgram; readonly requests: readonly string[] } {
  const analysis = analyse([new SourceFile(`${name}.test.aegis`, tests)], NO_INPUTS);
  const compilation = compile(analysis);
  if (!compilation.ok) throw new Error(compilation.diagnostics.map((each) => each.message).join("; "));
  const interpreter = createInterpreter(compilation.ir, platform);
  const asked: string[] = [];
  const recording: Engine = {
    ...interpreter,
    decide(request, observer) {
      asked.push(JSON.stringify(request));
      return interpreter.decide(request, observer);
    },
  };
  runPolicyTests(analysis, compilation, { seed: 1, runs: 20, engine: recording });
  return { ir: compilation.ir, requests: spread(asked) };
}

let prebuilt = "";
beforeAll(async () => {
  prebuilt = await buildJsRuntime();
});

const others = [...engines.values()].filter(({ id }) => id !== "reference");

describe.each(libraryFolders())("std.$name", ({ name, tests }) => {
  const { ir, requests } = askedOf(name, tests ?? "");
  const interpreter = createInterpreter(ir, platform);
  const expected = requests.map((request) => canonicalJson(interpreter.decideText(request)));

  it("is asked something", () => {
    expect(requests.length).toBeGreaterThan(0);
  });

  for (const engine of others) {
    const missing = engine.missing();
    if (missing !== null) console.warn(`skipped: ${engine.id}: ${missing}`);
    it.skipIf(missing !== null)(`decides alike on ${engine.id}`, { timeout: 60_000 }, async () => {
      const loaded = await engine.load(ir, { prebuilt: () => prebuilt });
      try {
        const found = await loaded.decide(requests);
        requests.forEach((request, index) => {
          expect(canonicalJson(found[index]), request).toBe(expected[index]);
        });
      } finally {
        loaded.close();
      }
    });
  }
});
