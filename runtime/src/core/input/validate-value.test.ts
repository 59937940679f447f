// Tests of validation by type: what is accepted, in which form, and back.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { field } from "../testing/build-program.ts";
import { testPlatform } from "../testing/test-platform.ts";
import type { Type } from "../types/type.ts";
import {
  BOOL,
  DECIMAL,
  DURATION,
  HEADERS,
  INT,
  JSON_TYPE,
  MAX_INTEGER,
  STRING,
  TIME,
  listOf,
  mapOf,
  optional,
  parsed,
  setOf,
} from "../types/type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import { readIJson } from "../values/read-i-json.ts";
import type { JsonObject, JsonValue } from "../values/value.ts";
import { canonicalArgs } from "./canonical-args.ts";
import { encodeValue } from "./encode-value.ts";
import { compileReader } from "./validate-value.ts";

const { parsedTypes } = testPlatform;
const json = (text: string): JsonValue => {
  const result = readIJson(text);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};
const read = (type: Type, text: string) => compileReader(type, parsedTypes)(json(text));
const INVALID = NOT_OF_TYPE;
const MODE: Type = { kind: "enum", name: "Mode", members: ["a", "constructor"] };
const RECORD: Type = {
  kind: "record",
  open: false,
  fields: [field("x", INT), field("y", optional(STRING)), field("z", BOOL, true)],
};

describe("validation", () => {
  it.each<[Type, string, unknown]>([
    [BOOL, "true", true],
    [BOOL, "1", INVALID],
    [BOOL, '"true"', INVALID],
    [BOOL, "null", INVALID],
    [INT, "5", 5],
    [INT, "5.0", 5],
    [INT, "5e1", 50],
    [INT, "-0", 0],
    [INT, '"-0"', 0],
    [INT, '"5"', 5],
    [INT, '"05"', INVALID],
    [INT, '"+5"', INVALID],
    [INT, '"5.0"', INVALID],
    [INT, '" 5"', INVALID],
    [INT, '""', INVALID],
    [INT, "5.5", INVALID],
    [INT, "9007199254740991", MAX_INTEGER],
    [INT, "9007199254740992", INVALID],
    [INT, '"9007199254740993"', INVALID],
    [INT, "9007199254740993", INVALID],
    [INT, "1e30", INVALID],
    [{ kind: "int", min: 1, max: 3 }, "3", 3],
    [{ kind: "int", min: 1, max: 3 }, "0", INVALID],
    [{ kind: "int", min: 1, max: 3 }, '"4"', INVALID],
    [DECIMAL, "0.1", 100_000],
    [DECIMAL, "8.2", 8_200_000],
    [DECIMAL, "-0.000001", -1],
    [DECIMAL, "0.0000001", INVALID],
    [DECIMAL, "1e-6", 1],
    [DECIMAL, "0.1000000000000000055", INVALID],
    [DECIMAL, "0.1000000000000000000", 100_000],
    [DECIMAL, '"0.100000"', 100_000],
    [DECIMAL, '"0.1000000"', INVALID],
    [DECIMAL, '"1e3"', INVALID],
    [DECIMAL, '".5"', INVALID],
    [DECIMAL, "9007199254.740991", MAX_INTEGER],
    [DECIMAL, "9007199254.740992", INVALID],
    [DECIMAL, '"-9007199254.740991"', -MAX_INTEGER],
    [STRING, '"é"', "é"],
    [STRING, "1", INVALID],
    [{ kind: "string", max: 2 }, '"😀😀"', "😀😀"],
    [{ kind: "string", max: 2 }, '"abc"', INVALID],
    [MODE, '"constructor"', "constructor"],
    [MODE, '"toString"', INVALID],
    [TIME, '"2026-11-22T09:00:00Z"', Date.UTC(2026, 10, 22, 9)],
    [TIME, '"2026-11-22T09:00:00.5Z"', Date.UTC(2026, 10, 22, 9, 0, 0, 500)],
    [TIME, '"2024-02-29T00:00:00Z"', Date.UTC(2024, 1, 29)],
    [TIME, '"2026-02-29T00:00:00Z"', INVALID],
    [TIME, '"2026-11-22T24:00:00Z"', INVALID],
    [TIME, '"2026-11-22T09:00:60Z"', INVALID],
    [TIME, '"2026-11-22T09:00:00+00:00"', INVALID],
    [TIME, '"2026-11-22t09:00:00z"', INVALID],
    [TIME, '"1969-12-31T23:59:59Z"', INVALID],
    [TIME, '"2026-13-01T00:00:00Z"', INVALID],
    [TIME, "0", INVALID],
    [DURATION, '"PT30M"', 1_800_000],
    [DURATION, '"P1DT1H1M1.5S"', 90_061_500],
    [DURATION, '"PT"', INVALID],
    [DURATION, '"P"', INVALID],
    [DURATION, '"P1M"', INVALID],
    [DURATION, '"-PT1S"', INVALID],
    [listOf(INT, 2), '[1,"2"]', [1, 2]],
    [listOf(INT, 2), "[1,2,3]", INVALID],
    [listOf(INT), "[1,null]", INVALID],
    [listOf(INT), "{}", INVALID],
    [setOf(INT), '[1,"1",2]', [1, 2]],
    [mapOf(INT, 1), '{"__proto__":1}', new Map([["__proto__", 1]])],
    [mapOf(INT, 1), '{"a":1,"b":2}', INVALID],
    [mapOf(INT), '{"a":null}', INVALID],
    [HEADERS, '{"Authorization":"x"}', new Map([["authorization", "x"]])],
    [HEADERS, '{"a":"x","A":"y"}', INVALID],
    [HEADERS, '{"a b":"x"}', INVALID],
    [HEADERS, '{"a":"x\\r\\ny"}', INVALID],
    [HEADERS, '{"a":["x"]}', INVALID],
    [RECORD, '{"x":1}', new Map<string, unknown>([["x", 1], ["z", true]])], // prettier-ignore
    [RECORD, '{"x":1,"y":null,"z":false}', new Map<string, unknown>([["x", 1], ["z", false]])], // prettier-ignore
    [RECORD, '{"y":"a"}', INVALID],
    [RECORD, '{"x":1,"w":1}', INVALID],
    [RECORD, '{"x":1,"__proto__":1}', INVALID],
    [RECORD, "[]", INVALID],
    [{ ...RECORD, open: true }, '{"x":1,"w":null}', new Map<string, unknown>([["x", 1], ["z", true]])], // prettier-ignore
    [optional(INT), "null", undefined],
    [JSON_TYPE, "null", null],
    [optional(JSON_TYPE), "null", undefined],
    [parsed("relpath"), '"/a"', INVALID],
    [parsed("nowhere"), '"a"', INVALID],
  ])("%j of %s", (type, text, expected) => {
    expect(read(type, text)).toEqual(expected);
  });

  it("keeps what parsed values were written as", () => {
    expect(read(parsed("git_ref"), '"refs/heads/main"')).toMatchObject({
      text: "refs/heads/main",
      canonical: "main",
    });
    expect(read(setOf(parsed("git_ref")), '["refs/heads/main","main"]')).toHaveLength(1);
  });

  it("never rounds a decimal", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (units) => {
        const text = `${units < 0 ? "-" : ""}${Math.floor(Math.abs(units) / 1e6)}.${String(Math.abs(units) % 1e6).padStart(6, "0")}`;
        expect(read(DECIMAL, text)).toBe(units === 0 ? 0 : units);
        expect(read(DECIMAL, `"${text}"`)).toBe(units === 0 ? 0 : units);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e10, max: 1e10 }), (number) => {
        const units = compileReader(DECIMAL, parsedTypes)(number);
        const digits = /e-|\.\d{7}/.test(String(number));
        if (typeof units === "number") expect(units / 1e6).toBe(number === 0 ? 0 : number);
        else expect(digits || Math.abs(number) > MAX_INTEGER / 1e6).toBe(true);
      }),
    );
  });

  it("is undone by encodeValue", () => {
    const type: Type = {
      kind: "record",
      open: false,
      fields: [
        field("decimal", DECIMAL),
        field("time", TIME),
        field("duration", DURATION),
        field("map", mapOf(listOf(parsed("git_ref")))),
        field("none", optional(INT)),
        field("headers", HEADERS),
      ],
    };
    const text =
      '{"decimal":"9007199254.740991","duration":"PT1.5S","headers":{"a":"b"},"map":{"__proto__":["refs/heads/x"]},"time":"2026-01-01T00:00:00Z"}';
    const value = read(type, text);
    const encoded = encodeValue(type, value as never);
    expect(encodeValue(type, read(type, JSON.stringify(encoded)) as never)).toEqual(encoded);
    expect(JSON.stringify(encoded)).toContain('"__proto__":["refs/heads/x"]');
  });
});

describe("canonicalArgs", () => {
  const args = (fields: Parameters<typeof canonicalArgs>[0], text: string) =>
    JSON.stringify(canonicalArgs(fields, json(text) as JsonObject, parsedTypes));

  it("makes defaults explicit at every depth and takes nothing away", () => {
    const fields = [field("r", optional(RECORD)), field("l", listOf(RECORD)), field("d", DECIMAL, 1_500_000)];
    expect(args(fields, '{"l":[{"x":"1"}],"r":null,"more":{"z":null}}')).toBe(
      '{"l":[{"x":"1","z":true}],"r":null,"more":{"z":null},"d":1.5}',
    );
  });
  it("takes no default for what is there under a hostile name", () => {
    expect(args([field("__proto__", INT, 1)], "{}")).toBe('{"__proto__":1}');
    expect(args([field("toString", INT, 1)], '{"toString":2}')).toBe('{"toString":2}');
  });
});
