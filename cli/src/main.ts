// Entry point of aegisc.
import { processIo } from "./io.ts";
import { run } from "./run.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that went away (`aegisc … | head`) is no failure of ours.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
process.exitCode = await run(process.argv.slice(2), processIo());
