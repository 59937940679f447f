// What the fast reader takes is what the strict one takes, and means the same.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { readCanonicalJson } from "./read-canonical-json.ts";
import { readIJson } from "./read-i-json.ts";

describe("readCanonicalJson", () => {
  it.each([
    ['{"a":1,"a":1}', "a key twice"],
    ['{"b":{"__proto__":1,"__proto__":2}}', "a key of prototypes twice"],
    ["[1.0]", "a number in another form"],
    ["[-0]", "a negative zero"],
    ["[12345678901234567890]", "a number that no double holds"],
    ["[1e400]", "an infinite number"],
    ["[1e+40]", "a number with a large exponent"],
    ["[1e-40]", "a number with a small exponent"],
    ['["\\ud800"]', "half of a pair"],
    ['["\\uD800"]', "half of a pair in upper case"],
    [' {"a":1}', "space"],
    ['{"2":1,"1":2}', "keys in an order that objects do not keep"],
    ["\ufeff1", "a mark"],
    ["{", "no JSON"],
    ["", "nothing"],
    ['{"a":undefined}', "no JSON either"],
    ["[".repeat(100_000) + "]".repeat(100_000), "what exhausts the stack"],
  ])("leaves %s to the strict reader: %s", (text) => {
    expect(readCanonicalJson(text)).toBeUndefined();
  });

  it("keeps every own key", () => {
    const text = '{"__proto__":{"x":1},"constructor":2}';
    const value = readCanonicalJson(text) as object;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect(JSON.stringify(value)).toBe(text);
  });

  it("agrees with the strict reader on whatever it takes", () => {
    const limits = { depth: 1000, bytes: 1_000_000 };
    const texts = fc.oneof(
      fc.json(),
      fc.jsonValue().map(canonicalJson),
      fc
        .tuple(fc.json(), fc.nat(200), fc.constantFrom("", "0", "e1", '"', "\\ud800", ",", "-", " "))
        .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at)),
    );
    let taken = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const value = readCanonicalJson(text);
        if (value === undefined) return;
        taken++;
        const strict = readIJson(text, limits);
        expect(strict.ok && canonicalJson(strict.value)).toBe(canonicalJson(value));
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
