// A secret in every disguise is among the decoded forms, alone and two deep; long and deep ones are unknown, not clean.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { JsonValue } from "../../../core/values/value.ts";
import { decodedForms, MAX_CHARACTERS } from "./decoded-forms.ts";
import { disguises } from "../../../testing/disguises.ts";

const SECRET = "AKIA" + "QWERTYUIOPASDFGH";
const sees = (value: JsonValue): boolean =>
  decodedForms(value)?.some((form) => form.includes(SECRET)) ?? true;

describe.each(disguises)("$name", ({ hide }) => {
  it("is undone", () => expect(sees(hide(SECRET))).toBe(true));
  it("is undone inside other text", () => expect(sees(hide(`key ${SECRET}, keep it`))).toBe(true));
  it("is undone below keys and lists", () =>
    expect(sees({ a: [1, { b: hide(`x=${SECRET};`) }] })).toBe(true));
});

it("two layers are undone", () => {
  const texts = disguises.flatMap((each) => {
    const hidden = each.hide(SECRET);
    return typeof hidden === "string" ? [{ ...each, hidden }] : [];
  });
  for (const outer of disguises)
    for (const inner of texts) {
      // UTF-16 is told by its zero bytes, and full-width letters have none.
      if (outer.name === "base64 of UTF-16" && inner.name === "full-width letters") continue;
      expect(sees(outer.hide(inner.hidden)), `${outer.name} of ${inner.name}`).toBe(true);
    }
});

it("a part of a longer run of base64 or hex", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (before, after) => {
      const bytes = Buffer.concat([before, Buffer.from(SECRET), after]);
      expect(sees(bytes.toString("base64"))).toBe(true);
      expect(sees(bytes.toString("base64url"))).toBe(true);
      expect(sees(`id-${bytes.toString("hex")}`)).toBe(true);
    }),
  );
});

test("prose, code, identifiers and checksums have no other forms", () => {
  for (const text of [
    "The quick brown fox jumps over the lazy dog. Internationalization!",
    "const x = compute(a[0], { b: 1 }); // 100 %",
    "d41d8cd98f00b204e9800998ecf8427e",
    "123e4567-e89b-12d3-a456-426614174000",
    "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
    gzipSync("nothing to see").toString("base64"),
  ])
    expect(decodedForms(text), text).toEqual([]);
});

test("too deep, too long and too many are unknown", () => {
  let deep = SECRET;
  for (let layer = 0; layer < 5; layer += 1) deep = Buffer.from(deep).toString("base64");
  expect(decodedForms(deep)).toBeUndefined();
  expect(decodedForms("x".repeat(MAX_CHARACTERS + 1))).toBeUndefined();
  expect(decodedForms(Array.from({ length: 2000 }, (_, index) => `%41${String(index)}`))).toBeUndefined();
  expect(decodedForms(`"${"[".repeat(50_000)}`)).toEqual([]);
  expect(decodedForms(JSON.stringify(`${"[".repeat(20_000)}"%41"${"]".repeat(20_000)}`))).toContain("A");
});
