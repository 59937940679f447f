// Shell lines of real agents are read alike by the native parser and by the module: words, programs, files, pipes.
import { compileText } from "@aegis/compiler/testing";
import { canonicalJson, compileWasm, createInterpreter, createWasmEngine } from "@aegis/runtime/core";
import { parsedTypes, platform } from "@aegis/runtime/facts";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { moduleOf } from "./module.ts";

const folder = join(
  process.env["AEGIS_DATA"] ?? join(import.meta.dirname, "../../../../shared/data"),
  "coding",
);
const missing = !existsSync(folder);
if (missing) console.warn("skipped: no recordings found (set AEGIS_DATA)");

const LISTS = ["words", "programs", "names", "reads", "writes"] as const;
const MAX_ITEMS = 500;
/** An action for each list, as comparing all of them in one would take too many steps. */
const list = (name: string): string =>
  `deny ${name}: sh.${name} when (args.c.${name} where present).count() == args.items.count()
     and (count x in args.c.${name} where present: x in args.items) == args.items.count()`;

const program = compileText({
  "p.aegis": `package p
tool sh {
  run(c: command, calls: int)
  ${LISTS.map((name) => `${name}(c: command, items: list<string> max ${String(MAX_ITEMS)})`).join("\n  ")}
}
deny plain: sh.run when args.c.plain
deny pipes: sh.run when args.c.pipes where present
deny calls: sh.run when (args.c.calls where present).count() == args.calls
deny removes: sh.run when any x in args.c.calls where present: x.name == "rm"
${LISTS.map(list).join("\n")}
`,
}).ir;

/** Every so many of the shell lines, those longer than usual included. */
const EVERY = 10;

function lines(file: string): string[] {
  const rows = gunzipSync(readFileSync(join(folder, file)))
    .toString("utf8")
    .split("\n");
  return rows.flatMap((row, at) => {
    if (row === "" || at % EVERY !== 0) return [];
    const { tool, args } = JSON.parse(row) as {
      readonly tool: string;
      readonly args?: { readonly command?: unknown };
    };
    return tool.toLowerCase() === "bash" && typeof args?.command === "string" ? [args.command] : [];
  });
}

/** The line, and beside it what the native parser has found in it; by action, with the rule that is to match if any. */
function* requestsOf(line: string): Generator<readonly [request: string, rule: string | null]> {
  const value = parsedTypes.get("command")?.parse(line);
  const part = (name: string): readonly unknown[] => (value?.part(name) ?? []) as readonly unknown[];
  const plain = value?.part("plain") === true;
  const request = (action: string, more: object): string =>
    JSON.stringify({ agent: { id: "a" }, tool: "sh", action, args: { c: line, ...more } });
  yield [request("run", { calls: part("calls").length }), plain ? "p.calls" : null];
  for (const name of LISTS)
    if (part(name).length <= MAX_ITEMS)
      yield [request(name, { items: part(name) }), plain ? `p.${name}` : null];
}

describe.skipIf(missing)("recorded shell lines", () => {
  it.each(["claude_code_calls.jsonl.gz", "swe_agent_calls.jsonl.gz"])("of %s are read alike", (file) => {
    const native = createInterpreter(program, platform);
    const module = createWasmEngine(compileWasm(moduleOf(program)));
    const all = lines(file);
    expect(all.length).toBeGreaterThan(150);
    let plain = 0;
    for (const line of all) {
      for (const [request, rule] of requestsOf(line)) {
        const expected = native.decideText(request);
        expect(canonicalJson(module.decideText(request)), line).toBe(canonicalJson(expected));
        if (rule !== null) expect(expected.rules, line).toContain(rule);
        if (expected.rules.includes("p.plain")) plain += 1;
      }
    }
    expect(plain).toBeGreaterThan(all.length / 2);
  });
});
