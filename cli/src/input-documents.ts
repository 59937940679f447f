// Requests from a file or from standard input: a JSON document, or one a line.
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { UsageError } from "./files/usage-error.ts";
import { Interrupted } from "./interrupted.ts";
import type { Io } from "./io.ts";

/** Longest line that is read at all; longer ones are `invalid_input` without being kept. */
const MAX_LINE = 4 * 1024 * 1024;

/** A file that is one JSON document as a whole is one request; otherwise every line that is not blank is one. Throws `Interrupted` on Ctrl-C. */
export async function* documentsOf(io: Io, path: string): AsyncGenerator<string> {
  const stream = path === "-" ? process.stdin : createReadStream(resolve(io.cwd, path));
  const opened = new Promise<void>((done, failed) => {
    stream.once("error", () =>
      failed(new UsageError(`cannot read \`${path}\``, "is it there, and a file that you may read?")),
    );
    stream.once("readable", () => done());
    stream.once("end", () => done());
    io.signal.addEventListener("abort", () => done());
  });
  await opened;
  const pending: string[] = [];
  let size = 0;
  let whole = true;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity, signal: io.signal })) {
    const text = line.length > MAX_LINE ? "" : line;
    if (line.trim() === "") continue;
    if (!whole) {
      yield text;
      continue;
    }
    pending.push(text);
    size += text.length;
    // A second line after a complete first document: the input is a document a line.
    if (pending.length === 2 && isJson(pending[0] ?? "")) whole = false;
    if (size > MAX_LINE) whole = false;
    if (!whole) yield* pending.splice(0);
  }
  if (io.signal.aborted) throw new Interrupted();
  if (whole && pending.length > 0) {
    const joined = pending.join("\n");
    if (pending.length === 1 || isJson(joined)) yield joined;
    else yield* pending;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
