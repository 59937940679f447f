// docs/grammar.md and the parser say the same: what the grammar makes is read, and what is read the grammar makes.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SourceFile } from "../../source/source-file.ts";
import { arbitraryModule } from "../../testing/arbitrary-module.ts";
import { readGrammar } from "../../testing/ebnf.ts";
import { recognised } from "../../testing/ebnf-recogniser.ts";
import { partsOf, sentencesOf } from "../../testing/ebnf-sentences.ts";
import { policyTexts } from "../../testing/policy-texts.ts";
import { printModule } from "../../format/format-module.ts";
import { lex } from "./lexer.ts";
import { parseModule } from "./parse.ts";
import { placeAt } from "./place.ts";
import type { TokenList } from "./token-list.ts";
import { type Kind, NOTE } from "./tokens.ts";

const grammar = readGrammar(readFileSync(new URL("../../../../docs/grammar.md", import.meta.url), "utf8"));

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  name: ["n", "`n m`", "n_1"],
  anyName: ["n", "when", "in", "`n m`", "true"],
  string: ['"s"', '""'],
  text: ['"s"', '"s {args.n}"'],
  number: ["1", "1.5", "1_000"],
  int: ["1", "20"],
  duration: ["30m", "1d"],
  time: ["2027-01-31", "2027-01-31T09:00:00Z"],
  regexText: ['re"[0-9]+"', 're""'],
};
/** `within 30m` is the clause of an approval: as the right side of the operator a duration stands in parentheses. */
const terminals = (name: string, choice: number, inside: string): string => {
  const examples = EXAMPLES[name];
  if (examples === undefined) throw new Error(`${name} in ${inside} has no production`);
  const text = examples[choice % examples.length] ?? "";
  return inside === "primary" && name === "duration" ? `(${text})` : text;
};

/** What is read and still told: the page says these in words. */
const TOLD_IN_WORDS = new Set([
  "syntax/bare-tool",
  "syntax/duplicate-clause",
  "syntax/not-callable",
  "syntax/chained-comparison",
]);

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["string", "Text"],
  ["text", "Text"],
  ["number", "Number"],
  ["int", "Number"],
  ["duration", "Duration"],
  ["time", "Time"],
  ["regexText", "Regex"],
]);
/** `non-empty` is three tokens. */
function kindsOf(text: string): readonly Kind[] {
  const known = kindsOfText.get(text);
  if (known !== undefined) return known;
  const { tokens } = lex(text, placeAt("", 0));
  const kinds = Array.from({ length: tokens.length }, (_, at) => tokens.kind(at));
  kindsOfText.set(text, kinds);
  return kinds;
}
const kindsOfText = new Map<string, readonly Kind[]>();
function testsOf(tokens: TokenList) {
  return {
    length: tokens.length,
    terminal: (name: string, at: number) =>
      name === "name" || name === "anyName"
        ? tokens.has(at, name === "name" ? NOTE.word : NOTE.anyWord)
        : tokens.kind(at) === KINDS.get(name),
    token(text: string, at: number): number | null {
      const kinds = kindsOf(text);
      return kinds.every((kind, index) => tokens.kind(at + index) === kind) ? at + kinds.length : null;
    },
  };
}
/** Null where the grammar makes the text, else what stands where it does not go on. */
function strange(text: string): string | null {
  const { tokens } = lex(text, placeAt("", 0));
  const read = recognised(grammar, "module", testsOf(tokens));
  return read === tokens.length ? null : text.slice(tokens.start(read) - 60, tokens.end(read));
}

describe("the grammar on its page", { timeout: 30_000 }, () => {
  test("what it makes is read, and the tests try all of it", () => {
    // In a `then` an `else` outside brackets ends the branch, so brackets stand around it.
    const bracketed = readGrammar("```ebnf\nbranch = '(' expr ')' ;\n\nname = …");
    const sentences = sentencesOf(new Map([...grammar, ...bracketed]), terminals);
    const read = (text: string): void => {
      const { diagnostics } = parseModule(new SourceFile("t", text));
      const codes = diagnostics.map((each) => each.code).filter((code) => !TOLD_IN_WORDS.has(code));
      expect(codes, `${text}\n${diagnostics.map((each) => each.message).join("\n")}`).toEqual([]);
    };
    const choices = fc.array(fc.nat(1000), { minLength: 5, maxLength: 250, size: "max" });
    const declarations = partsOf({ kind: "sequence", of: [...grammar.values()].slice(1, 2) }).flatMap(
      (part) => (part.kind === "name" && part.name !== "annotation" ? [part.name] : []),
    );
    expect(declarations.length).toBeGreaterThan(20);
    for (const chosen of fc.sample(choices, { numRuns: 100, seed: 1 }))
      for (const each of sentences.unused().length === 0 ? [] : [...declarations, "item", "module"])
        read(sentences.write(each, chosen, true));
    expect(sentences.unused()).toEqual([]);
    for (const each of [...declarations, "item", "module"])
      fc.assert(
        fc.property(choices, (chosen) => read(sentences.write(each, chosen))),
        { numRuns: 60 },
      );
  });

  test("what is read in this repository it makes", () => {
    const sound = policyTexts().filter(
      (text) => parseModule(new SourceFile("t", text)).diagnostics.length === 0,
    );
    expect(sound.length).toBeGreaterThan(100);
    for (const text of sound) expect(strange(text)).toBeNull();
  });

  test("what is printed from any tree it makes", () => {
    fc.assert(
      fc.property(arbitraryModule, (module) => {
        expect(strange(printModule(module))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test("a text that it does not make is told apart", () => {
    expect(strange("package a\nconst x = 1 + 2")).toBeNull();
    expect(strange("package a\nconst x = 1 +")).not.toBeNull();
    expect(strange("package a\nallow x when true")).not.toBeNull();
  });
});
