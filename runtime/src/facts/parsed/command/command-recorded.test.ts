// How many recorded shell lines of real agents are plain. The recordings stay outside of the repository.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readCommand } from "./read-command.ts";

const root = join(import.meta.dirname, "../../../../..");
const folder = join(process.env.AEGIS_DATA ?? join(root, "../shared/data"), "coding");

/** Shell lines of one recording; `tool` is the name of the shell in it. */
function lines(file: string, tool: string): string[] {
  const text = gunzipSync(readFileSync(join(folder, file))).toString("utf8");
  return text.split("\n").flatMap((row) => {
    if (row === "") return [];
    const call = JSON.parse(row) as { tool?: unknown; args?: { command?: unknown } };
    return call.tool === tool && typeof call.args?.command === "string" ? [call.args.command] : [];
  });
}

const missing = !existsSync(folder);
if (missing) console.warn("skipped: no recordings found (set AEGIS_DATA)");

describe.skipIf(missing)("recorded shell lines", () => {
  it.each([
    ["claude_code_calls.jsonl.gz", "Bash", 0.85],
    ["swe_agent_calls.jsonl.gz", "bash", 0.7],
  ])("of %s are mostly plain", (file, tool, least) => {
    const all = lines(file, tool);
    const plain = all.filter((line) => readCommand(line) !== undefined).length;
    console.info(`${file}: ${String(plain)} of ${String(all.length)} plain`);
    expect(plain / all.length).toBeGreaterThan(least);
  });
});
