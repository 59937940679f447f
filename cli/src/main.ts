// Entry point of aegisc: everything else is loaded after the cache of compiled code is switched on.
import nodeModule from "node:module";
import { useCodeCache } from "./code-cache.ts";

// Node 22.8 and later keep compiled code between runs; for earlier ones it comes with the program.
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
if (enableCompileCache === undefined) useCodeCache(import.meta.dirname);
else enableCompileCache();

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that went away (`aegisc … | head`) is no failure of ours.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

async function main(): Promise<void> {
  const { run } = await import("./run.ts");
  const { processIo } = await import("./io.ts");
  process.exitCode = await run(process.argv.slice(2), processIo());
}
void main();
