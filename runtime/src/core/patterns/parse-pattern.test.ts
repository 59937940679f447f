// Tests of portable patterns: what is read, what is refused and where, and that the canonical spelling is stable.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePattern, redactionProblem, unionPatterns } from "./index.ts";
import type { Pattern } from "./index.ts";

function read(source: string, ignoreCase = false): Pattern {
  const result = parsePattern(source, { ignoreCase });
  if (!result.ok) throw new Error(`${source}: ${result.message}`);
  return result;
}

describe("parsePattern", () => {
  it.each([
    ["abc", "abc"],
    ["a.c", "a[^\\x{a}]c"],
    ["\\d+", "[0-9]+"],
    ["\\s", "[\\x{9}\\x{a}\\x{c}\\x{d} ]"],
    ["[\\w-]{2,}", "[\\-0-9A-Z_a-z]{2,}"],
    ["(a|b)*?c", "(?:a|b)*?c"],
    ["(?:a(?:b))c", "abc"],
    ["a{1}", "a"],
    ["a{0,1}", "a?"],
    ["[^\\d]", "[^0-9]"],
    ["\\x41\\x{1F600}é", "A\\x{1f600}\\x{e9}"],
    ['say \\"hi\\"', 'say \\"hi\\"'],
    ["^a$|\\bb", "^a$|\\bb"],
    ["(a|)b", "(?:a|)b"],
    ["[a-]", "[\\-a]"],
    ["(?:ab){3}", "(?:ab){3}"],
    ["(?:a{2}){3}", "(?:a{2}){3}"],
  ])("reads %s as %s", (source, canonical) => {
    expect(read(source).canonical).toBe(canonical);
  });

  it("spells out ASCII case only", () => {
    expect(read("k[a-c]é", true).canonical).toBe("[Kk][A-Ca-c]\\x{e9}");
    expect(read("[^k]", true).canonical).toBe("[^Kk]");
  });

  it.each([
    ["", 0],
    ["a)", 1],
    ["(a", 0],
    ["a**", 2],
    ["*a", 0],
    ["a{", 1],
    ["a{3,2}", 1],
    ["a{1001}", 1],
    ["(?:a{100}){100}", 0],
    ["(a*)*", 0],
    ["x(?=a)", 1],
    ["x(?<n>a)", 1],
    ["(?i)a", 0],
    ["(a)\\1", 3],
    ["\\pL", 0],
    ["\\B", 0],
    ["\\Qa\\E", 0],
    ["[[:alpha:]]", 1],
    ["[]", 0],
    ["[b-a]", 1],
    ["[\\d-z]", 1],
    ["[a", 0],
    ["\\", 0],
    ["]", 0],
    ["\\x{110000}", 0],
    ["a\ud800", 1],
    [`${"(".repeat(200)}a${")".repeat(200)}`, 100],
    ["(?:a{30}b{30}){30}".repeat(20), 0],
  ])("refuses %j at %i", (source, offset) => {
    expect(parsePattern(source)).toMatchObject({ ok: false, offset });
  });

  it("knows empty matches and anchors", () => {
    expect(read("a*")).toMatchObject({ matchesEmpty: true, anchored: false });
    expect(read("^$")).toMatchObject({ matchesEmpty: true, anchored: true });
    expect(read("a+(?:b|$)")).toMatchObject({ matchesEmpty: false, anchored: true });
  });

  it("says what may not be redacted", () => {
    expect(redactionProblem(read("AKIA[0-9A-Z]{16}").ast)).toBeNull();
    for (const source of ["a*", "^a", "a\\b", "a.", "[^a]", "x█"]) {
      expect(redactionProblem(read(source).ast)).toEqual(expect.any(String));
    }
  });

  it("joins patterns", () => {
    const union = unionPatterns([read("a|b"), read("cd")]);
    expect(union).toMatchObject({ ok: true, canonical: "a|b|cd" });
    expect(unionPatterns([])).toMatchObject({ ok: false });
  });

  it("is a fixed point on its own output and never throws", () => {
    const piece = fc.constantFrom(
      ..."abK9_-.*+?(){}[]|^$\\,\"'/é█\n \u2028".split(""),
      "\\d",
      "\\W",
      "\\b",
      "(?:",
      "{2,3}",
      "[^",
      "\\x{41}",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, ignoreCase) => {
        const result = parsePattern(pieces.join(""), { ignoreCase });
        if (!result.ok) return;
        const again = read(result.canonical);
        expect(again.canonical).toBe(result.canonical);
        expect(again.ast).toEqual(result.ast);
        expect(result.canonical).toMatch(/^[\x20-\x7e]*$/);
      }),
      { numRuns: 3000 },
    );
  });
});
