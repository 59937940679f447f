// Recorded lines of real agents that are plain run nothing unlisted in the real dash, bash and zsh, with stubs for every word on PATH.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../testing/index.ts";
import { readCommand, type PlainCommand } from "./read-command.ts";

const root = join(import.meta.dirname, "../../../../..");
const data = join(process.env["AEGIS_DATA"] ?? join(root, "../shared/data"), "coding");
const missing = !existsSync(data);
if (missing) console.warn("skipped: no recordings found (set AEGIS_DATA)");
const LINES = Number(process.env["AEGIS_FUZZ_RUNS"] ?? 50);

/** Harmless with stubs for programs: no program by its path, no file written, no signal sent, nothing that waits for input. */
const isHarmless = ({ calls, writes, reads }: PlainCommand): boolean =>
  writes.length === 0 &&
  reads.length === 0 &&
  calls.every(
    ({ program, name }) => !program.includes("/") && !["kill", "wait", "ulimit", "command"].includes(name),
  );

function recorded(): readonly { readonly text: string; readonly plain: PlainCommand }[] {
  const found = ["claude_code_calls.jsonl.gz", "swe_agent_calls.jsonl.gz"].flatMap((file) =>
    gunzipSync(readFileSync(join(data, file)))
      .toString("utf8")
      .split("\n")
      .flatMap((row) => {
        const text =
          row === "" ? undefined : (JSON.parse(row) as { args?: { command?: unknown } }).args?.command;
        const plain = typeof text === "string" ? readCommand(text) : undefined;
        return typeof text === "string" && plain !== undefined && isHarmless(plain) ? [{ text, plain }] : [];
      }),
  );
  const step = Math.max(1, Math.floor(found.length / LINES));
  return found.filter((_, index) => index % step === 0).slice(0, LINES);
}

describe.skipIf(missing).each(["dash", "bash", "zsh"])("recorded lines in %s", (name) => {
  const shell = findProgram(name);
  const lines = missing ? [] : recorded();
  let folder = "";
  let log = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "aegis-recorded-"));
    log = join(folder, "log");
    mkdirSync(join(folder, "bin"));
    const stub = join(folder, "stub");
    writeFileSync(stub, `#!/bin/sh\nprintf '%s\\n' "\${0##*/}" >> '${log}'\n`);
    chmodSync(stub, 0o755);
    const words = new Set(lines.flatMap(({ text }) => text.match(/[A-Za-z0-9_][A-Za-z0-9_.+-]*/g) ?? []));
    for (const word of words) symlinkSync(stub, join(folder, "bin", word));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(skipsWithout(name, shell))("run what is listed and nothing else", { timeout: 120_000 }, () => {
    const cwd = join(folder, "cwd");
    mkdirSync(cwd);
    let ran = 0;
    for (const { text, plain } of lines) {
      rmSync(log, { force: true });
      try {
        execFileSync(shell ?? "", [...(name === "zsh" ? ["-f"] : []), "-c", text], {
          cwd,
          env: { PATH: join(folder, "bin"), HOME: cwd, LC_ALL: "C.UTF-8" },
          stdio: ["ignore", "ignore", "ignore"],
          timeout: 5000,
        });
      } catch {
        // Any status will do: what counts is what ran.
      }
      const programs = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : [];
      ran += programs.length;
      const listed = new Set(plain.calls.map((call) => call.program));
      // The lines are other people's: a failure names only the program.
      expect(programs.filter((program) => !listed.has(program))).toEqual([]);
    }
    expect(ran).toBeGreaterThan(lines.length / 3);
  });
});
