// Asks the live MCP server that stands after `--`, for commands that import and compare.
import { textOption } from "./command.ts";
import { Interrupted } from "./interrupted.ts";
import { UsageError } from "./files/usage-error.ts";
import type { Io } from "./io.ts";
import { listMcpTools } from "./mcp-client.ts";
import type { Options } from "./policy-options.ts";

/** The largest manifest that is read. */
export const MAX_MANIFEST_BYTES = 10_000_000;

/** The text of its manifest. Throws `UsageError` when it cannot be asked. */
export async function askServer(
  io: Io,
  program: readonly string[],
  options: Options,
): Promise<{ readonly manifest: string }> {
  const [executable, ...args] = program;
  if (executable === undefined) throw new UsageError("there is no command after `--`");
  const seconds = Number(textOption(options, "timeout"));
  if (!(seconds > 0)) throw new UsageError("--timeout: give a number of seconds");
  const asked = await listMcpTools({
    command: executable,
    args,
    cwd: io.cwd,
    timeout: seconds * 1000,
    maxBytes: MAX_MANIFEST_BYTES,
    signal: io.signal,
  });
  if (asked.ok) return asked;
  if (io.signal.aborted) throw new Interrupted();
  const last = asked.stderr.trim();
  throw new UsageError(
    asked.reason,
    last === "" ? "run the command by itself to see what it says" : `the server wrote: ${last}`,
  );
}
