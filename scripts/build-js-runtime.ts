// Builds the engine that standalone JavaScript modules hold: one script without imports.
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

/** A script that leaves `engineFor` in `AegisRuntime`. */
export async function buildJsRuntime(): Promise<string> {
  const result = await build({
    entryPoints: [join(root, "compiler/src/backends/js/runtime-entry.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "AegisRuntime",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    conditions: ["@aegis/source"],
    minify: true,
    charset: "ascii",
    legalComments: "inline",
    logLevel: "warning",
  });
  return result.outputFiles[0]?.text ?? "";
}
