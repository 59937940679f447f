// Tests of SHA-256 against the platform's.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "./sha256.ts";

const expected = (input: Uint8Array | string): string => createHash("sha256").update(input).digest("hex");

describe("sha256Hex", () => {
  it("agrees with node:crypto around block boundaries", () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) & 0xff);
      expect(sha256Hex(bytes)).toBe(expected(bytes));
    }
  });

  it("agrees with node:crypto on any text", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => sha256Hex(text) === expected(text)));
  });
});
