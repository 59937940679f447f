// Entry point of aegisc: everything else is loaded after the cache of compiled code is switched on.
import nodeModule from "node:module";
import { processIo } from "./io.ts";

// Node 22.8 and later keep compiled code between runs; earlier ones compile it each time.
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that went away (`aegisc … | head`) is no failure of ours.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
const { run } = await import("./run.ts");
process.exitCode = await run(process.argv.slice(2), processIo());
