// What the lexer makes of characters: kinds and places of tokens, what it notes about them, and what it reports.
import { describe, expect, test } from "vitest";
import { lex } from "./lexer.ts";
import { placeAt } from "./place.ts";
import { keyword, NOTE, signAt } from "./tokens.ts";
import { TOKEN_TABLE } from "./token-table.ts";
import { tokensOf } from "./tokens-of.ts";

const read = (text: string) => {
  const { tokens, diagnostics } = lex(text, placeAt("t", 0));
  const found = Array.from({ length: tokens.length }, (_, at) => `${tokens.kind(at)} ${tokens.image(at)}`);
  return {
    tokens,
    found,
    codes: diagnostics.map((each) => `${each.code} ${each.span.start}-${each.span.end}`),
  };
};

describe("kinds", () => {
  test.each([
    ["when whenever `when`", ["when when", "Name whenever", "QuotedName `when`"]],
    [
      "1 1_000 1.50 1e5 1..5",
      ["Number 1", "Number 1_000", "Number 1.50", "Number 1e5", "Number 1", ".. ..", "Number 5"],
    ],
    ["30m 30ms 1d", ["Duration 30m", "Duration 30ms", "Duration 1d"]],
    ["2027-01-31 2027-01-31T09:00:00.5Z", ["Time 2027-01-31", "Time 2027-01-31T09:00:00.5Z"]],
    ["2027-1", ["Number 2027", "- -", "Number 1"]],
    ['re"\\d" re "a\\"b" ""', ['Regex re"\\d"', "Name re", 'Text "a\\"b"', 'Text ""']],
    [
      "... .. . -> - ** * == = <= < >= > != ?",
      [
        "... ...",
        ".. ..",
        ". .",
        "-> ->",
        "- -",
        "** **",
        "* *",
        "== ==",
        "= =",
        "<= <=",
        "< <",
        ">= >=",
        "> >",
        "!= !=",
        "? ?",
      ],
    ],
  ])("%s", (text, kinds) => {
    expect(read(text)).toMatchObject({ found: kinds, codes: [] });
  });

  test("signs of other languages are what they stand for, and reported", () => {
    expect(read("&& || ! === !== <>")).toMatchObject({
      found: ["and &&", "or ||", "not !", "== ===", "!= !==", "!= <>"],
      codes: ["0-2", "3-5", "6-7", "8-11", "12-15", "16-18"].map((each) => `syntax/wrong-operator ${each}`),
    });
  });

  test.each([
    ["'a b'", ["Text 'a b'"], ["syntax/single-quotes 0-5"]],
    ['"a\nb', ['Text "a', "Name b"], ["syntax/unclosed-text 0-2"]],
    ['"a\\\nb', ['Text "a\\', "Name b"], ["syntax/unclosed-text 0-3"]],
    ['"a\\', ['Text "a\\'], ["syntax/unclosed-text 0-3"]],
    ['re"a', ['Regex re"a'], ["syntax/unclosed-text 0-4"]],
    ["10MB", ["Number 10MB"], ["syntax/bad-number 0-4"]],
    ["``", ["QuotedName ``"], ["syntax/empty-name 0-2"]],
    [
      "a ## b # c\n§",
      ["Name a", "Name b", "Name c"],
      ["syntax/unexpected-character 2-4", "syntax/unexpected-character 11-12"],
    ],
    ["`a\n'b", ["Name a", "Name b"], ["syntax/unexpected-character 0-1", "syntax/unexpected-character 3-4"]],
    ["a\u200bb", ["Name a", "Name b"], ["syntax/invisible-character 1-2"]],
  ])("what is not whole is reported: %j", (text, found, codes) => {
    expect(read(text)).toMatchObject({ found, codes });
  });
});

test("lines, depth and documentation are noted", () => {
  const { tokens } = read("a { // no\n  /// One,\n  /// two.\n  b } c");
  const notes = Array.from({ length: tokens.length }, (_, at) => [
    tokens.image(at),
    tokens.has(at, NOTE.first),
    tokens.depth(at),
    tokens.doc(at),
  ]);
  expect(notes).toEqual([
    ["a", true, 0, null],
    ["{", false, 0, null],
    ["b", true, 1, "One,\ntwo."],
    ["}", false, 0, null],
    ["c", false, 0, null],
  ]);
});

test("the end stands behind the last token, as often as it is asked for", () => {
  const { tokens } = read("a  ");
  expect([tokens.kind(1), tokens.kind(9), tokens.start(1), tokens.end(9)]).toEqual(["End", "End", 3, 3]);
});

test("a list grows with its tokens", () => {
  const { tokens } = read("{".repeat(1000));
  expect([tokens.length, tokens.kind(999), tokens.start(999), tokens.depth(999)]).toEqual([
    1000,
    "{",
    999,
    999,
  ]);
});

describe("the table for editors and the lexer agree", () => {
  const fixed = TOKEN_TABLE.filter((each) => typeof each.pattern === "string").map((each) =>
    String(each.pattern),
  );
  test.each(fixed)("%s", (text) => {
    expect(keyword(text)?.text ?? signAt(text, 0)?.text).toBe(text);
    expect(tokensOf(text)).toEqual([
      { kind: TOKEN_TABLE.find((each) => each.pattern === text)?.kind, text, start: 0, end: text.length },
    ]);
  });
  test("each pattern is one token, of its colour", () => {
    const examples = new Map([
      ["Regex", 're"a\\"b"'],
      ["Text", '"a\\"b"'],
      ["Time", "2027-01-31"],
      ["Duration", "30m"],
      ["Number", "1_0.5"],
      ["QuotedName", "`a b`"],
      ["Name", "a_1"],
      ["SingleQuoted", "'a'"],
      ["OpenRegex", 're"a'],
      ["OpenText", '"a\\'],
      ["BadNumber", "1x"],
      ["Comment", "// a"],
    ]);
    for (const { name, pattern, kind } of TOKEN_TABLE.filter((each) => typeof each.pattern !== "string")) {
      const text = examples.get(name) ?? "";
      expect(new RegExp(pattern).exec(text)?.[0]).toBe(text);
      expect(tokensOf(text)).toMatchObject([{ kind, text }]);
    }
  });
});
