// Tests of numbers and constants from JSON.
import type { Type } from "@aegis/runtime/core";
import { DECIMAL, INT, listOf, mapOf, parsed, setOf, STRING, TIME } from "@aegis/runtime/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { constantFromJson } from "./constant-from-json.ts";
import { decimalFromText, integerFromText } from "./numbers.ts";

test("numbers are read exactly or not at all", () => {
  expect(integerFromText("9007199254740991")).toBe(9007199254740991);
  expect(integerFromText("9007199254740992")).toBeUndefined();
  expect(integerFromText("-0")).toBe(0);
  expect(Object.is(integerFromText("-0"), 0)).toBe(true);
  expect(integerFromText("3.00")).toBe(3);
  expect(integerFromText("3.5")).toBeUndefined();
  expect(integerFromText("1e3")).toBeUndefined();
  expect(decimalFromText("0.1")).toBe(100_000);
  expect(decimalFromText("-12.345678")).toBe(-12_345_678);
  expect(decimalFromText("1.1234567")).toBeUndefined();
  expect(decimalFromText("1.1000000")).toBe(1_100_000);
  expect(decimalFromText("9007199254.740991")).toBe(9007199254740991);
  expect(decimalFromText("9007199254.740992")).toBeUndefined();
  expect(decimalFromText("")).toBeUndefined();
});

test("sets are sorted by UTF-8 and hold each element once; maps are sorted by key", () => {
  const value = (json: unknown, type: Type) => {
    const constant = constantFromJson(json, type);
    return constant.ok ? constant.value : constant.problem;
  };
  expect(value(["\uffff", "😀", "a", "a"], setOf(STRING))).toEqual(["a", "\uffff", "😀"]);
  expect(value([10, 9, 10], setOf(INT))).toEqual([9, 10]);
  expect(value({ b: 1, a: "2" }, mapOf(DECIMAL))).toEqual([
    ["a", 2_000_000],
    ["b", 1_000_000],
  ]);
  expect(value(JSON.parse('{"__proto__": 1}'), mapOf(INT))).toEqual([["__proto__", 1]]);
  expect(value("HTTPS://Acme.com/x", parsed("url"))).toBe("https://acme.com/x");
  expect(value("2026-11-22T09:00:00.250Z", TIME)).toBe(Date.UTC(2026, 10, 22, 9, 0, 0, 250));
  expect(value("1969-12-31", TIME)).toBe("is no time that exists");
});

test("any JSON yields a constant or a place and a problem", () => {
  const kinds: readonly Type[] = [
    INT,
    DECIMAL,
    STRING,
    TIME,
    { kind: "duration" },
    { kind: "headers" },
    listOf(STRING),
    mapOf(INT),
    { kind: "record", open: false, fields: [{ name: "a", type: STRING }] },
    { kind: "enum", name: "E", members: ["a", "constructor"] },
  ];
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...kinds), (json, type) => {
      const constant = constantFromJson(json, type);
      if (!constant.ok) expect(constant.problem.length).toBeGreaterThan(0);
    }),
  );
});
