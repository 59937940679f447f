// Computed facts: their examples, one kind of answer, and that nothing makes them throw.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../core/values/value.ts";
import { computedFacts } from "./registry.ts";

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .array(
      fc.constantFrom(
        "%",
        "%4",
        "%41",
        "\\u",
        "\\u{110000}",
        "\\ud800",
        "&#",
        "&#x110000;",
        "&amp;",
        "QUJD",
        "=",
        "4111",
        " ",
        "-",
        "DE89",
        "\u200b",
        '{"a":"',
        '"}',
        "[[[",
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join("")),
) as fc.Arbitrary<JsonValue>;

describe.each([...computedFacts.values()])("$name", (fact) => {
  it.each(fact.examples ?? [])("of $value is $fact", ({ value, fact: expected }) => {
    expect(fact.compute(value)).toEqual(expected);
  });
  it("is JSON of one kind, whatever the value", () => {
    const kind = (value: JsonValue): string => (Array.isArray(value) ? "list" : typeof value);
    const kinds = new Set(
      (fact.examples ?? []).flatMap(({ fact: found }) => (found === undefined ? [] : kind(found))),
    );
    if (fact.absent !== undefined) kinds.add(kind(fact.absent));
    fc.assert(
      fc.property(hostile, (value) => {
        const found = fact.compute(value);
        if (found !== undefined) kinds.add(kind(found));
      }),
    );
    expect(kinds.size).toBeLessThan(2);
  });
});
