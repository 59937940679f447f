// One mistake gives one diagnostic: a policy with one token deleted, misspelt or exchanged with the next.
// AEGIS_LONG=1 tries every token.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tokensOf } from "../frontends/aegis/tokens-of.ts";
import { SourceFile } from "../source/source-file.ts";
import { FLAGSHIP_MANIFEST } from "../testing/flagship-manifest.ts";
import { NO_INPUTS } from "../testing/resolve-text.ts";
import { analyse } from "./analyse.ts";

const POLICY = readFileSync(new URL("../../fixtures/syntax/codegen.aegis", import.meta.url), "utf8");
const inputs: typeof NO_INPUTS = {
  ...NO_INPUTS,
  readManifest: (_, path) => ({ ok: true, path, text: FLAGSHIP_MANIFEST }),
  data: new Map([["acme.codegen.partners", ["*.partner.com"]]]),
  channels: new Set(["releases"]),
  now: Date.parse("2026-11-22T00:00:00Z"),
};
const codes = (policy: string, keepGoing = false): readonly string[] =>
  analyse([new SourceFile("a.aegis", policy)], inputs, { keepGoing }).diagnostics.map((each) => each.code);

const EVERY = process.env["AEGIS_LONG"] === "1" ? 1 : 13;
/** Below it something has begun to tell mistakes twice. */
const LEAST = 0.98;

/** Each edit at every so many tokens, from `from` on. */
function* mutations(from: number): Generator<string> {
  const tokens = tokensOf(POLICY).filter(({ kind }) => kind !== "comment");
  for (let index = from; index < tokens.length; index += EVERY) {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (token === undefined) return;
    const { text: image, start, end } = token;
    const [before, after] = [POLICY.slice(0, start), POLICY.slice(end)];
    yield before + after;
    if (/^[a-z_]\w{2,}$/i.test(image)) yield `${before}${image.slice(0, -1)}q${image.slice(-1)}${after}`;
    if (next === undefined) continue;
    const gap = POLICY.slice(end, next.start);
    yield before + next.text + gap + image + POLICY.slice(next.end);
  }
}

describe("one mistake", { timeout: 120_000 }, () => {
  test("gives one diagnostic, nearly always", () => {
    expect(codes(POLICY)).toEqual([]);
    const found = [...mutations(1)].map((each) => codes(each)).filter((each) => each.length > 0);
    const single = found.filter((each) => each.length === 1).length;
    const share = single / found.length;
    console.info(`one mistake, one diagnostic: ${single} of ${found.length} (${(share * 100).toFixed(1)} %)`);
    expect(share, JSON.stringify(found.filter((each) => each.length > 1))).toBeGreaterThanOrEqual(LEAST);
  });

  const TOOL = "tool b { c(n: int) }";
  test.each([
    ["a stray word before the package", `oops package p\n${TOOL}\nallow a: b.c\n`, "syntax/unknown-word"],
    ["a misspelt package", `pakage p\n${TOOL}\nallow a: b.c\n`, "syntax/unknown-word"],
    ["a misspelt policy block", `package p\n${TOOL}\npolciy x {\n  allow a: b.c\n}\n`, "syntax/unknown-word"],
    ["a misspelt import", "package p\nimport std.tools.{gti}\nallow a: git.push\n", "name/unknown-import"],
    [
      "a misspelt type of a parameter",
      `package p\n${TOOL}\nparam m: itn = 5\nallow a: b.c when args.n < m\n`,
      "name/unknown-type",
    ],
    [
      "a misspelt type of an argument",
      "package p\ntool b { c(n: itn) }\nallow a: b.c when args.n < 5\n",
      "name/unknown-type",
    ],
    [
      "a misspelt type of a constant set",
      `package p\n${TOOL}\nconst s: set<itn> = { 1 }\nallow a: b.c when args.n in s\n`,
      "name/unknown-type",
    ],
    [
      "an unclosed brace inside a test",
      `package p\n${TOOL}\nallow a: b.c\ntest "t" {\n  step b.c { n: 1 expect allow\n  step b.c { n: 2 } expect allow\n}\n`,
      "syntax/expected",
    ],
    [
      "a misspelt rule of a package that nothing else names",
      "package p\nimport std.secrets\nimport std.tools.{web}\nallow a: web.fetch unless args matches secret.any\n",
      "type/unknown-name",
    ],
    [
      "a misspelt root where a limit settles",
      "package p\nimport std.tools.{llm}\nallow a: llm.complete\nlimit s: llm.complete to 5.00 sum args.max_cost settle reslut.value.cost per session\n",
      "type/unknown-name",
    ],
    [
      "a misspelt argument where a limit sums",
      "package p\nimport std.tools.{llm}\nallow a: llm.complete\nlimit s: llm.complete to 5.00 sum args.max_cots per session\n",
      "type/unknown-argument",
    ],
    ["a tool that is used twice", `package p\n${TOOL}\nallow a: d.c\nallow e: d.c\n`, "tools/unknown-tool"],
  ])("%s", (_, policy, code) => {
    expect(codes(policy)).toEqual([code]);
  });

  test("an editor is told no missing package where the head does not parse", () => {
    expect(codes(`oops package p\n${TOOL}\nallow a: b.c\n`, true)).toEqual(["syntax/unknown-word"]);
  });
});
