// policy.wasm in the Rust crate opa-wasm.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineEngine } from "../engine.ts";
import { askDriver, driverMissing } from "../line-driver.ts";
import { wasmModule } from "../wasm-module.ts";

const DRIVER = "aegis-opa-wasm-rs";

export const opaWasmRsEngine = defineEngine({
  id: "opa-wasm-rs",
  doc: "policy.wasm in the Rust crate opa-wasm.",
  runs: "peer",
  accepts: "i-json",
  missing: () => driverMissing(DRIVER),
  load(program) {
    const folder = mkdtempSync(join(tmpdir(), "aegis-wasm-"));
    const file = join(folder, "policy.wasm");
    writeFileSync(file, wasmModule(program));
    return Promise.resolve({
      decide: (requests) => askDriver(DRIVER, [file, "aegis/decision"], requests),
      visible: (requests) => askDriver(DRIVER, [file, "aegis/visible"], requests),
      close: () => rmSync(folder, { recursive: true, force: true }),
    });
  },
});
