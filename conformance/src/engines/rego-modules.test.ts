// Every request that the tests of a library module decide: stock OPA decides it alike, on the module as the Rego backend writes it.
import { analyse, backends, compile, SourceFile } from "@aegis/compiler";
import { canonicalJson, createInterpreter, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { findOpa, skipsWithout } from "@aegis/runtime/testing";
import { describe, expect, it } from "vitest";
import { libraryFolders } from "../library/library-folder-node.ts";
import { runPolicyTests } from "../tests/run-policy-tests.ts";
import { evaluateText } from "./opa-node.ts";

const opa = findOpa();
/** Of one module; its tests come before its properties. */
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

describe.skipIf(skipsWithout("opa", opa)).each(libraryFolders())("std.$name on OPA", ({ name, tests }) => {
  it("decides what its tests ask as the interpreter does", { timeout: 60_000 }, () => {
    const analysis = analyse([new SourceFile(`${name}.test.aegis`, tests ?? "")], {
      readManifest: () => ({ ok: false, reason: "none" }),
      data: new Map(),
      params: new Map(),
      lockedActions: null,
      channels: null,
      now: null,
    });
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
    const requests = spread(asked);
    expect(requests.length).toBeGreaterThan(0);
    const files = Object.fromEntries(
      (backends.get("rego")?.emit(compilation.ir, {}) ?? []).map(({ path, content }) => [
        path.replaceAll("/", "__"),
        String(content),
      ]),
    );
    const query = "[d | some r in input.requests; d := data.aegis.decision with input as r]";
    const found = evaluateText(opa ?? "", files, query, `{"requests":[${requests.join(",")}]}`) as unknown[];
    requests.forEach((request, index) => {
      expect(canonicalJson(found[index]), request).toBe(canonicalJson(interpreter.decideText(request)));
    });
  });
});
