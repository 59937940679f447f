// Laws of narrowing, and the rows of the table that matter most.
import type { Type } from "@aegis/runtime/core";
import {
  BOOL,
  DECIMAL,
  HEADERS,
  INT,
  JSON_TYPE,
  listOf,
  mapOf,
  optional,
  parsed,
  setOf,
  STRING,
  TIME,
} from "@aegis/runtime/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { narrows } from "./narrows.ts";

const record = (open: boolean, ...fields: readonly [string, Type][]): Type => ({
  kind: "record",
  fields: fields.map(([name, type]) => ({ name, type })),
  open,
});
const oneOf = (...members: string[]): Type => ({ kind: "enum", name: "E", members });

const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type; leaf: Type }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Type>(
      BOOL,
      INT,
      DECIMAL,
      STRING,
      TIME,
      JSON_TYPE,
      HEADERS,
      parsed("url"),
      parsed("host"),
    ),
    fc
      .tuple(fc.integer({ min: -5, max: 5 }), fc.nat(5))
      .map(([min, more]): Type => ({ kind: "int", min, max: min + more })),
    fc.nat(4).map((max): Type => ({ kind: "string", max })),
    fc.subarray(["a", "b", "c"], { minLength: 1 }).map((members) => oneOf(...members)),
  ),
  type: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    tie("leaf"),
    fc.tuple(tie("type"), fc.constantFrom(2, 5)).map(([of, max]) => listOf(of, max)),
    fc.tuple(tie("leaf"), fc.constantFrom(2, 5)).map(([of, max]) => setOf(of, max)),
    tie("type").map((of) => mapOf(of)),
    fc
      .tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom("x", "y", "z")), tie("type"), tie("type"))
      .map(([open, names, one, two]) =>
        record(
          open,
          ...names.map((name, index): [string, Type] => [name, index === 0 ? one : optional(two)]),
        ),
      ),
  ),
})).type;

test("everything narrows itself, and `json` narrows to everything", () => {
  fc.assert(
    fc.property(types, (type) => {
      expect(narrows(type, type)).toBe(true);
      expect(narrows(JSON_TYPE, type)).toBe(true);
    }),
  );
});

test("narrowing twice is narrowing", () => {
  fc.assert(
    fc.property(types, types, types, (a, b, c) => {
      if (narrows(a, b) && narrows(b, c)) expect(narrows(a, c)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const yes: readonly [string, Type, Type][] = [
  ["a text to a parsed type", STRING, parsed("url")],
  ["a text to an enum", STRING, oneOf("a")],
  ["a text to a shorter one", STRING, { kind: "string", max: 5 }],
  ["an enum to fewer members", oneOf("a", "b"), oneOf("b")],
  ["a decimal to whole numbers", DECIMAL, INT],
  ["a range to a smaller one", { kind: "int", min: 0, max: 9 }, { kind: "int", min: 1, max: 9 }],
  ["a decimal range to whole numbers in it", { kind: "decimal", min: 0 }, { kind: "int", min: 0 }],
  ["elements", listOf(STRING), listOf(parsed("email"))],
  ["a list to a set", listOf(STRING), setOf(STRING)],
  ["a map of texts to headers", mapOf(STRING), HEADERS],
  ["a map to a record", mapOf(STRING), record(false, ["a", STRING])],
  ["an open record to one with more fields", record(true), record(true, ["a", STRING])],
  ["a closed record without an optional field", record(false, ["a", optional(STRING)]), record(false)],
];
test.each(yes)("%s", (_, from, to) => expect(narrows(from, to)).toBe(true));

const no: readonly [string, Type, Type][] = [
  ["a parsed type back to text", parsed("url"), STRING],
  ["one parsed type to another", parsed("url"), parsed("host")],
  ["a text to a number", STRING, INT],
  ["an enum to other members", oneOf("a"), oneOf("a", "b")],
  ["whole numbers to decimals", INT, DECIMAL],
  ["a range to none", { kind: "int", min: 0 }, INT],
  [
    "a decimal range to whole numbers beyond it",
    { kind: "decimal", max: 1_500_000 },
    { kind: "int", max: 2 },
  ],
  ["a bounded text to an unbounded one", { kind: "string", max: 5 }, STRING],
  ["a bounded text to an enum with a longer member", { kind: "string", max: 1 }, oneOf("ab")],
  ["longer lists", listOf(STRING, 5), listOf(STRING, 6)],
  ["a set to a list", setOf(STRING), listOf(STRING)],
  ["a closed record to an open one", record(false), record(true)],
  ["a closed record to one with more fields", record(false), record(false, ["a", STRING])],
  [
    "a required field to one that may be absent",
    record(false, ["a", STRING]),
    record(false, ["a", optional(STRING)]),
  ],
  ["a required field to none", record(false, ["a", STRING]), record(false)],
  ["anything to json", STRING, JSON_TYPE],
];
test.each(no)("not %s", (_, from, to) => expect(narrows(from, to)).toBe(false));
