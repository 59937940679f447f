// Writes a command's output to a file or to standard output.
import { renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../files/usage-error.ts";
import type { Io } from "../io.ts";

/** A file is replaced whole or not at all. */
export function writeOutput(io: Io, path: string | null, content: string | Uint8Array): void {
  if (path === null) {
    io.out(typeof content === "string" ? content : new TextDecoder().decode(content));
    return;
  }
  const target = resolve(io.cwd, path);
  const draft = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, target);
  } catch {
    throw new UsageError(
      `cannot write \`${path}\``,
      "check that the folder exists and that you may write there",
    );
  }
}
