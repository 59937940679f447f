// The js backend's output, loaded as the ES module that it is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { backends } from "@aegis/compiler";
import type { Engine } from "@aegis/runtime/core";
import { defineEngine } from "../engine.ts";
import { inProcess } from "../in-process.ts";

export const jsModuleEngine = defineEngine({
  id: "js",
  doc: "The module of `build -t js`, imported by Node.",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  async load(program, { prebuilt }) {
    const [module] = backends.get("js")?.emit(program, { prebuilt }) ?? [];
    const folder = mkdtempSync(join(tmpdir(), "aegis-js-"));
    try {
      const file = join(folder, "policy.mjs");
      writeFileSync(file, module?.content ?? "");
      const href = pathToFileURL(file).href;
      return inProcess((await import(/* @vite-ignore */ href)) as Engine);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
