// Builds the engine that standalone JavaScript modules hold: one script without imports.
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const EXPORT = /export\{([\w$]+) as engineFor\};\s*$/;

/** A script that leaves `engineFor` in `AegisRuntime`. */
export async function buildJsRuntime(): Promise<string> {
  const result = await build({
    entryPoints: [join(root, "compiler/src/backends/js/runtime-entry.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    conditions: ["@aegis/source"],
    minify: true,
    charset: "ascii",
    legalComments: "inline",
    logLevel: "warning",
  });
  return asScript(result.outputFiles[0]?.text ?? "");
}

/** Our own function around the module: esbuild's would read members that others put on `Object.prototype`, and not load then. */
function asScript(module: string): string {
  const [exported, engineFor] = EXPORT.exec(module) ?? [];
  if (exported === undefined || engineFor === undefined)
    throw new Error("the bundled runtime does not end with its one export");
  const body = module.slice(0, -exported.length);
  return `var AegisRuntime=(()=>{"use strict";${body}\nreturn{engineFor:${engineFor}}})();\n`;
}
