// Runs something again whenever a file below the project changes, until Ctrl-C.
import { watch } from "node:fs";
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { UsageError } from "./files/usage-error.ts";
import type { Io } from "./io.ts";
import { terminalText } from "./output/escape.ts";

const RELEVANT = /\.(aegis|ya?ml|json|lock)$/;
const SETTLE_MS = 50;

/** `outputs` are files that the action writes itself, relative to the project: they do not make it run again. */
export async function watchProject(
  io: Io,
  outputs: readonly string[],
  action: () => ExitCode,
): Promise<ExitCode> {
  const runGuarded = (): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.err(`aegisc: ${terminalText(error.message)}\n`);
    }
    io.err("\nwatching for changes; Ctrl-C ends\n");
  };
  runGuarded();
  const written = new Set(outputs.map((each) => resolve(io.cwd, each)));
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(io.cwd, { recursive: true }, (_event, name) => {
    if (name === null || !RELEVANT.test(name) || name.includes("node_modules")) return;
    if (written.has(resolve(io.cwd, name))) return;
    clearTimeout(timer);
    timer = setTimeout(runGuarded, SETTLE_MS);
  });
  await new Promise<void>((done) => {
    if (io.signal.aborted) done();
    io.signal.addEventListener("abort", () => done());
  });
  clearTimeout(timer);
  watcher.close();
  return EXIT.ok;
}
