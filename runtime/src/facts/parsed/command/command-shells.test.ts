// A plain line runs in the real dash, bash and zsh what it lists, with those arguments, and nothing else.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../testing/index.ts";
import { readCommand } from "./read-command.ts";

/** Programs of generated lines: stubs that write down their name and arguments. */
const STUBS = ["aa", "bb", "cc", "rm", "curl", "id", "x", "git", "y"];

const fragment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...STUBS) },
  { weight: 6, arbitrary: fc.constant(" ") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "&&",
      "||",
      ";",
      "|",
      "\n",
      " && ",
      " | ",
      "; ",
      " # ",
      "#",
      "\\\n",
      "&",
      "|&",
      ";;",
      "!",
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ..."'\"\\$`~=*?[]{}()<>!%^,:@+-_./09é\t".split(""),
      "''",
      '"a b"',
      "'a;b'",
      '"$"',
      '"a$ b"',
      '"$)"',
      '"x$|"',
      '"$/"',
      '"\\a\\"\\$"',
      "\\;",
      "\\\\",
      "{}",
      "@{0}",
      "{a}",
      "{a,b}",
      "{1..2}",
      "$(id)",
      "`id`",
      "$x",
      "$?",
      "$((1))",
      "=id",
      "~root",
      "a=b",
      "PATH=/",
      "-c",
      "a#b",
      "''#b",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      " > f1 ",
      " >> f2 ",
      " < in ",
      " 2>&1 ",
      " >&2 ",
      " 2>/dev/null",
      "<(id)",
      ">(id)",
      " 2> f3",
      "12>f4",
      ">f5#",
      "<<E",
      "<<<x",
    ),
  },
);
const line = fc.array(fragment, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(""));

describe.each(["dash", "bash", "zsh"])("%s", (name) => {
  const shell = findProgram(name);
  let folder = "";
  let log = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "aegis-shell-"));
    log = join(folder, "log");
    mkdirSync(join(folder, "bin"));
    // One record a call: the name and the arguments, each closed by a unit separator.
    for (const stub of STUBS) {
      writeFileSync(
        join(folder, "bin", stub),
        `#!/bin/sh\nr=${stub}\nfor a in "$@"; do r="$r\u001f$a"; done\nprintf '%s\\036' "$r" >> '${log}'\n`,
        { mode: 0o755 },
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(text: string): string[] {
    rmSync(log, { force: true });
    const cwd = mkdtempSync(join(folder, "cwd-"));
    writeFileSync(join(cwd, "in"), "");
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
    return existsSync(log) ? readFileSync(log, "utf8").split("\u001e").slice(0, -1) : [];
  }

  /** Lines that run together must be told apart: only lines of one call are compared word by word. */
  function check(text: string): void {
    const plain = readCommand(text);
    if (plain === undefined) return;
    const ran = run(text);
    const listed = plain.calls.map((call) => call.program);
    for (const record of ran) {
      const [program = "", ...args] = record.split("\u001f");
      expect(listed, JSON.stringify(text)).toContain(program);
      const matches = plain.calls.some(
        (call) =>
          call.program === program && (!call.literal || call.args.join("\u001f") === args.join("\u001f")),
      );
      expect(matches, `${JSON.stringify(text)} ran ${JSON.stringify([program, ...args])}`).toBe(true);
    }
    const [only] = plain.calls;
    if (
      plain.calls.length === 1 &&
      only?.literal === true &&
      STUBS.includes(only.program) &&
      !/[<>]/.test(text)
    ) {
      expect(ran, JSON.stringify(text)).toHaveLength(1);
    }
  }

  it.skipIf(skipsWithout(name, shell))("runs what a plain line lists", { timeout: 60_000 }, () => {
    for (const text of [
      "aa {} stash@{0} {a} = 'x'\"y\"\\z a=b HEAD~1 HEAD^ a#b ''#c '' \"\"",
      'aa "$" "a$ b" "$)" "$|" "$/" "\\a\\"\\$\\`\\\\" \\; \\( \\# -- !x ! a!b',
      "aa ]; bb a] %1 +x @ a,b : ,",
      "aa \\\n bb # cc\ncc;\n # id\n\nrm | \n curl",
      "aa > f1 >> f2 2>&1; bb 2>/dev/null < in >&2 x",
      "aa 2 > f; aa 2> f; aa a2> f",
    ]) {
      check(text);
    }
    fc.assert(fc.property(line, check), { numRuns: Number(process.env.AEGIS_FUZZ_RUNS ?? 200) });
  });
});
