// The js backend's output, imported as the ES module that it is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { backends } from "@aegis/compiler";
import type { Engine, IrProgram } from "@aegis/runtime/core";
import type { EngineResources } from "../engine.ts";

/** The text of the module that stands alone. */
export function jsModuleText(program: IrProgram, { prebuilt }: EngineResources): string {
  const [module] = backends.get("js")?.emit(program, { prebuilt }) ?? [];
  if (typeof module?.content !== "string") throw new Error("there is no js backend");
  return module.content;
}

export async function importJsModule(text: string): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "aegis-js-"));
  try {
    const file = join(folder, "policy.mjs");
    writeFileSync(file, text);
    const href = pathToFileURL(file).href;
    return (await import(/* @vite-ignore */ href)) as Engine;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
