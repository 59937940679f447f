// Tests of the order by UTF-8 bytes.
import fc from "fast-check";
import { expect, it } from "vitest";
import { compareUtf8 } from "./compare-utf8.ts";

it("is the order of the UTF-8 bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (left, right) => {
      expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
  );
  expect(compareUtf8("\u{1f600}", "\uffff")).toBeGreaterThan(0);
});
