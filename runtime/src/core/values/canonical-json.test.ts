// Tests of canonical JSON.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";

describe("canonicalJson", () => {
  it("sorts keys at every depth and leaves out what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: -0 }], a: undefined, "€": "\u2028" })).toBe(
      '{"b":[{"c":0,"d":1}],"€":"\u2028"}',
    );
  });

  it("keeps the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
