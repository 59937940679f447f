// Loaded into aegisc before it runs: keeps the compiled code of the pieces that a command has used.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Script } from "node:vm";
import { codeCacheFile, codeCacheFolder, onModules, runModule } from "../cli/src/code-cache.ts";

declare const __PROGRAM__: string;

const folder = codeCacheFolder(__PROGRAM__);
const used = new Map<string, Script>();
onModules(__PROGRAM__, (module, content, file) => {
  // Code that is kept compiled cannot import.
  if (/\bimport\(/.test(content)) return false;
  used.set(file, runModule(module, content, file, createRequire(file)));
  return true;
});
process.on("exit", () => {
  mkdirSync(folder, { recursive: true });
  for (const [file, script] of used) {
    const kept = codeCacheFile(folder, file);
    // A run before this one has used it, too.
    if (!existsSync(kept)) writeFileSync(kept, script.createCachedData());
  }
});
