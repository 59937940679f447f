// The parser survives any text: cut, with tokens deleted or doubled, edited at random, nested without end, hostile.
// AEGIS_LONG=1 tries 100,000 texts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatText } from "../../format/format-text.ts";
import { SourceFile } from "../../source/source-file.ts";
import { parseModule } from "./parse.ts";

const long = process.env["AEGIS_LONG"] === "1";
const numRuns = long ? 25_000 : 60;
const options = { timeout: long ? 7_200_000 : 30_000 };
const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Every policy in the repository, and every example of its documentation. */
function examples(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : examples(path);
    if (entry.name.endsWith(".aegis")) return [readFileSync(path, "utf8")];
    if (!entry.name.endsWith(".md")) return [];
    return [...readFileSync(path, "utf8").matchAll(/```aegis\n([\s\S]*?)```/g)].map((match) => match[1]!);
  });
}
const corpus = ["compiler/fixtures", "docs", "examples", "stdlib/src"].flatMap((each) =>
  examples(join(root, each)),
);

/** Parses and checks what holds for every text. */
function survives(text: string): void {
  const file = new SourceFile("test.aegis", text);
  const { module, diagnostics } = parseModule(file);
  for (const { span, message, code } of diagnostics) {
    expect(code).toMatch(/^syntax\//);
    expect(message).not.toBe("");
    expect(span.start, code).toBeGreaterThanOrEqual(0);
    expect(span.end, code).toBeGreaterThanOrEqual(span.start);
    expect(span.end, code).toBeLessThanOrEqual(text.length);
  }
  for (const { span } of module.items) expect(span.end).toBeGreaterThan(span.start);
  expect(formatText(file).diagnostics.map((each) => each.code)).not.toContain("format/unsound");
}

const anExample = fc.constantFrom(...corpus);
const tokensOf = (text: string): string[] => text.match(/\s+|[A-Za-z_]\w*|"[^"\n]*"|\d+|./g) ?? [];
const SNIPPETS = [
  '"',
  "{",
  "}",
  "(",
  ")",
  "`",
  "//",
  "///",
  're"',
  "\u0000",
  "\ud800",
  "\u202e",
  "&&",
  "not ",
  ".",
  ":",
];

describe("the parser survives", options, () => {
  test("there is something to try", () => {
    expect(corpus.length).toBeGreaterThan(50);
  });

  test("examples as they are, and cut anywhere", () => {
    fc.assert(
      fc.property(anExample, fc.double({ min: 0, max: 1, noNaN: true }), (text, where) => {
        survives(text.slice(0, Math.floor(where * text.length)));
        survives(text.slice(Math.floor(where * text.length)));
      }),
      { numRuns },
    );
  });

  test("tokens deleted, doubled and exchanged", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.constantFrom("delete", "double", "swap")), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(anExample, edits, (text, changes) => {
        const tokens = tokensOf(text);
        for (const [at, kind] of changes) {
          const index = at % Math.max(1, tokens.length);
          const token = tokens[index] ?? "";
          if (kind === "delete") tokens.splice(index, 1);
          else if (kind === "double") tokens.splice(index, 0, token);
          else tokens.splice(index, 2, tokens[index + 1] ?? "", token);
        }
        survives(tokens.join(""));
      }),
      { numRuns },
    );
  });

  test("anything written anywhere", () => {
    const insertion = fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ unit: "binary", maxLength: 8 }));
    const places = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), insertion), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(anExample, places, (text, inserted) => {
        let edited = text;
        for (const [where, what] of inserted) {
          const at = Math.floor(where * edited.length);
          edited = edited.slice(0, at) + what + edited.slice(at);
        }
        survives(edited);
      }),
      { numRuns },
    );
  });

  test("texts that are no policies", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), survives), { numRuns });
  });

  test("a mistake in one declaration leaves the others as they were", () => {
    fc.assert(
      fc.property(fc.nat(), (at) => {
        const broken = tokensOf('deny broken: git.push when args.force and (args.branch == "x")');
        broken.splice(at % broken.length, 1);
        const text = `package a\nallow before: b.c\n${broken.join("")}\nallow after: b.c\n`;
        const { module, diagnostics } = parseModule(new SourceFile("t", text));
        const names = module.items.map((item) => (item.kind === "rule" ? item.name.text : ""));
        expect(names[0]).toBe("before");
        expect(names.at(-1)).toBe("after");
        expect(diagnostics.length, text).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe("depth is bounded", () => {
  const many = long ? 100_000 : 20_000;
  test.each([
    ["parentheses", `const x = ${"(".repeat(many)}`, "syntax/too-deep"],
    ["closed parentheses", `const x = ${"(".repeat(many)}1${")".repeat(many)}`, "syntax/too-deep"],
    ["not", `const x = ${"not ".repeat(many)}y`, "syntax/too-deep"],
    ["minus", `const x = ${"- ".repeat(many)}y`, "syntax/too-deep"],
    ["or", `const x = ${"y or ".repeat(many)}y`, "syntax/too-deep"],
    ["else", `const x = ${"y else ".repeat(many)}y`, "syntax/too-deep"],
    ["fields", `const x = y${".y".repeat(many)}`, "syntax/too-deep"],
    ["calls", `const x = y${"()".repeat(many)}`, "syntax/not-callable"],
    ["if", `const x = ${"if y then ".repeat(many)}`, "syntax/too-deep"],
    ["quantifiers", `const x = ${"any y in z: ".repeat(many)}`, "syntax/too-deep"],
    ["sets", `const x = ${"{".repeat(many)}`, "syntax/too-deep"],
    ["lists of types", `type x = ${"list<".repeat(many)}`, "syntax/too-deep"],
    ["records", `type x = ${"{ a: ".repeat(many)}`, "syntax/too-deep"],
    ["json", `test "x" { agent ${"[".repeat(many)}`, "syntax/too-deep"],
    ["placeholders", `deny x: a.b because "{${"(".repeat(many)}}"`, "syntax/too-deep"],
  ])("%s, %#", (_, text, code) => {
    const { diagnostics } = parseModule(new SourceFile("t", `package a\n${text}\nconst after = 1\n`));
    expect(diagnostics.map((each) => each.code)).toContain(code);
    expect(diagnostics.length).toBeLessThanOrEqual(2);
  });
  test("annotations, braces and quotes without end", () => {
    for (const piece of [
      "@a ",
      "{",
      "}",
      "policy p {",
      '"',
      "`",
      're"',
      "\\",
      "{{",
      "\u200b",
      "\u200b ",
      "deny ",
      ", ",
      ". ",
      "/// x\n",
    ])
      survives(piece.repeat(5000));
  });
});

describe("time grows with the length of the text, not faster", () => {
  const rules = (count: number) =>
    `package a\n${Array.from({ length: count }, (_, index) => `deny r${index}: git.push, http.{post, get} when args.branch == "b${index}" and not (args.force or args.n > ${index}) because "no {args.branch}"\n`).join("")}`;
  const cost = (text: string): number => {
    const before = process.cpuUsage();
    parseModule(new SourceFile("t", text));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  test.each([
    ["rules", rules],
    ["broken rules", (count: number) => rules(count).replaceAll("when", "wen")],
    ["line after line of nothing", (count: number) => "x y z ) ]\n".repeat(count * 5)],
    [
      "one long line of operators",
      (count: number) => `package a const x = { ${'"a", '.repeat(count * 20)} }`,
    ],
    ["placeholders", (count: number) => `package a deny x: a.b because "${"{a} ".repeat(count * 2)}"`],
  ])("%s", (_, make) => {
    cost(make(200));
    const small = Math.min(cost(make(200)), cost(make(200)), cost(make(200)));
    const large = Math.min(cost(make(1600)), cost(make(1600)));
    // Eight times the text: far below the sixty-four times of a square.
    expect(large).toBeLessThan(24 * small + 100);
  });

  test("10,000 rules take well under a second of work", () => {
    const text = rules(10_000);
    parseModule(new SourceFile("t", rules(500)));
    expect(cost(text)).toBeLessThan(2000);
  });
});
