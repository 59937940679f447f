// Tests of compiled patterns: they find what JavaScript finds in the portable subset, in linear time, in UTF-16 offsets.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePattern } from "../../core/patterns/index.ts";
import { compilePattern } from "./compile-pattern.ts";

function canonical(source: string): string {
  const pattern = parsePattern(source);
  if (!pattern.ok) throw new Error(pattern.message);
  return pattern.canonical;
}
const compile = (source: string) => compilePattern(canonical(source));

describe("compilePattern", () => {
  it("finds all spans, leftmost first", () => {
    expect(compile("a+|b").spans("caab😀ba")).toEqual([
      [1, 3],
      [3, 4],
      [6, 7],
      [7, 8],
    ]);
    expect(compile("a|ab").spans("ab")).toEqual([[0, 1]]);
    expect(compile("a*").spans("baac")).toEqual([
      [0, 0],
      [1, 3],
      [4, 4],
    ]);
    expect(compile("x").spans("")).toEqual([]);
  });

  it("keeps to the portable meaning", () => {
    expect(compile("^a$").test("a\n")).toBe(false);
    expect(compile("^a$").test("b\na")).toBe(false);
    expect(compile("a.b").test("a\nb")).toBe(false);
    expect(compile("a.b").test("a\u2028b")).toBe(true);
    expect(compile("\\s").test("\u00a0")).toBe(false);
    expect(compile("\\w").test("é")).toBe(false);
    expect(compile("^.$").test("😀")).toBe(true);
  });

  it("takes only canonical patterns", () => {
    for (const pattern of ["", "\\d", "(a)", "(?i)a", "a**", "["]) {
      expect(() => compilePattern(pattern)).toThrow("not a canonical portable pattern");
    }
    const pattern = canonical("\\d");
    expect(compilePattern(pattern)).toBe(compilePattern(pattern));
  });

  it("is linear where a backtracking engine is not", () => {
    const start = performance.now();
    expect(compile("^(?:a+)+$").test(`${"a".repeat(20_000)}b`)).toBe(false);
    expect(compile("(?:x+x+)+y").test("x".repeat(20_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("agrees with JavaScript on the portable subset", () => {
    const piece = fc.constantFrom(
      ..."ab.|*+?()^$".split(""),
      "[a-c]",
      "[^b]",
      "\\b",
      "\\d",
      "\\W",
      "\\s",
      "(?:",
      "{1,2}",
      "??",
      "é",
      "😀",
    );
    const text = fc.string({
      unit: fc.constantFrom("a", "b", "c", "1", " ", "\n", "é", "😀", "_"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), text, (pieces, input) => {
        const pattern = parsePattern(pieces.join(""));
        if (!pattern.ok) return;
        const expression = toJavaScript(pattern.canonical);
        expect(compilePattern(pattern.canonical).test(input)).toBe(expression.test(input));
        // Where a match may be empty the engines iterate differently.
        if (pattern.matchesEmpty) return;
        const found = [...input.matchAll(new RegExp(expression, "gu"))];
        expect(compilePattern(pattern.canonical).spans(input)).toEqual(
          found.map((match) => [match.index, match.index + match[0].length]),
        );
      }),
      { numRuns: 3000 },
    );
  });
});

/** The same pattern as a JavaScript expression: only the spelling of characters differs. */
function toJavaScript(canonical: string): RegExp {
  const source = canonical.replace(/\\(x\{([0-9a-f]+)\}|[^x])/gu, (escape, name: string, hex?: string) => {
    if (hex !== undefined) return `\\u{${hex}}`;
    return name === "b" ? escape : `\\u{${(name.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return new RegExp(source, "u");
}
