// An OPA built with its WASM engine answers from policy.wasm: the bundle holds no Rego, so nothing else can.
// A request a run: within one evaluation OPA keeps a module's first answer, whatever `with input` says.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson, createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { findProgram, skipsWithout } from "@aegis/runtime/testing";
import { describe, expect, it } from "vitest";
import { randomCase } from "../harness/random-case.ts";
import { runProgram } from "./run-program.ts";
import { wasmModule } from "./wasm-module.ts";

const opa = findProgram("opa-wasm");

describe.skipIf(skipsWithout("opa-wasm", opa))("OPA with its WASM engine", () => {
  it("decides by the module as the reference does", { timeout: 120_000 }, async () => {
    const { program, requests } = randomCase(1, 12);
    const folder = mkdtempSync(join(tmpdir(), "aegis-bundle-"));
    try {
      const wasm = [{ entrypoint: "aegis/decision", module: join(folder, "policy.wasm") }];
      writeFileSync(join(folder, ".manifest"), JSON.stringify({ revision: "1", roots: ["aegis"], wasm }));
      writeFileSync(join(folder, "data.json"), "{}");
      writeFileSync(join(folder, "policy.wasm"), wasmModule(program));
      const engine = createInterpreter(program, platform);
      const valid = requests.filter((text) => engine.decideText(text).code !== "invalid_input").slice(0, 5);
      expect(valid.length).toBeGreaterThan(2);
      for (const request of valid) {
        const load = ["eval", "--format", "json", "--bundle", folder, "--stdin-input", "data.aegis.decision"];
        const output = await runProgram(opa ?? "", load, request);
        const { result } = JSON.parse(output) as { result: { expressions: { value: unknown }[] }[] };
        expect(canonicalJson(result[0]?.expressions[0]?.value), request).toBe(
          canonicalJson(engine.decideText(request)),
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
