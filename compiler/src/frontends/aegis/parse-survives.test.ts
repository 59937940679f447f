// The parser survives any text: cut, with tokens deleted or doubled, edited at random, nested without end, hostile.
// `npm run fuzz:parser` tries 100,000 damaged texts and keeps the figures in conformance/results/parser.json.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SourceFile } from "../../source/source-file.ts";
import { damagedTexts, tokensOf } from "../../testing/damaged-texts.ts";
import { policyTexts } from "../../testing/policy-texts.ts";
import { parserComplaint } from "../../testing/parser-survives.ts";
import { parseModule } from "./parse.ts";

const numRuns = 60;
const corpus = policyTexts();
const survives = (text: string): void => {
  expect(parserComplaint(text)).toBeNull();
};

describe("the parser survives", { timeout: 30_000 }, () => {
  test("there is something to try", () => {
    expect(corpus.length).toBeGreaterThan(50);
  });

  test.each([...damagedTexts(corpus)])("%s", (_, texts) => {
    fc.assert(fc.property(texts, survives), { numRuns });
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
  const many = 20_000;
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
