// policy.wasm in an OPA built with `-tags opa_wasm`: its Go SDK answers. The bundle holds no Rego, so nothing else can.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "@aegis/runtime/testing";
import { defineEngine } from "../engine.ts";
import { batchQuery, evaluateBatch } from "../opa-batch.ts";
import { wasmModule } from "../wasm-module.ts";

const PROGRAM = "opa-wasm";

export const opaGoWasmEngine = defineEngine({
  id: "opa-go-wasm",
  doc: "policy.wasm in a bundle on an `opa` built with its WASM engine.",
  runs: "peer",
  accepts: "i-json",
  missing: () =>
    findProgram(PROGRAM) === undefined ? `no ${PROGRAM} found (scripts/install-peers.sh builds it)` : null,
  load(program) {
    const folder = mkdtempSync(join(tmpdir(), "aegis-bundle-"));
    const wasm = ["aegis/decision", "aegis/visible"].map((entrypoint) => ({
      entrypoint,
      module: join(folder, "policy.wasm"),
    }));
    writeFileSync(join(folder, ".manifest"), JSON.stringify({ revision: "1", roots: ["aegis"], wasm }));
    writeFileSync(join(folder, "data.json"), "{}");
    writeFileSync(join(folder, "policy.wasm"), wasmModule(program));
    const ask = (entrypoint: string, requests: readonly string[]): Promise<unknown[]> =>
      evaluateBatch(findProgram(PROGRAM) ?? PROGRAM, ["--bundle", folder], batchQuery(entrypoint), requests);
    return Promise.resolve({
      decide: (requests) => ask("decision", requests),
      visible: (requests) => ask("visible", requests),
      close: () => rmSync(folder, { recursive: true, force: true }),
    });
  },
});
