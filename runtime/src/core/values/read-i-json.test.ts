// Tests of the I-JSON reader.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonNumber } from "./value.ts";
import { readIJson } from "./read-i-json.ts";

const reason = (input: Uint8Array | string) => {
  const result = readIJson(input);
  return result.ok ? "ok" : result.reason;
};
const value = (input: Uint8Array | string) => {
  const result = readIJson(input);
  if (!result.ok) throw new Error(`${result.reason} at ${result.offset}`);
  return result.value;
};
const bytes = (...values: number[]) => Uint8Array.from(values);

describe("readIJson", () => {
  it("reads what JSON.parse reads", () => {
    for (const text of [
      "null",
      " [ ] ",
      "{}",
      '{"a":[1,-2.5,1e3,"x\\u0041\\n\\/"],"b":{"c":null,"d":true,"e":false}}',
      '"\\ud83d\\ude00"',
      '"😀\u2028"',
      "0",
      "-0.0",
      "1E-3",
    ]) {
      expect(value(text), text).toEqual(JSON.parse(text === "-0.0" ? "0" : text));
      expect(value(new TextEncoder().encode(text)), text).toEqual(value(text));
    }
  });

  it.each([
    ["", "syntax"],
    ["  ", "syntax"],
    ["nul", "syntax"],
    ["[1,]", "syntax"],
    ["[1 2]", "syntax"],
    ['{"a":1,}', "syntax"],
    ["{a:1}", "syntax"],
    ['{"a" 1}', "syntax"],
    ['{"a":1', "syntax"],
    ['"a', "syntax"],
    ['"a\\', "syntax"],
    ['"\\x"', "syntax"],
    ['"\\u12g4"', "syntax"],
    ['"\\u12"', "syntax"],
    ['"\n"', "syntax"],
    ["01", "trailing_text"],
    ["1.", "syntax"],
    [".5", "syntax"],
    ["+1", "syntax"],
    ["-", "syntax"],
    ["1e", "syntax"],
    ["NaN", "syntax"],
    ["1 1", "trailing_text"],
    ["{} x", "trailing_text"],
    ["\ufeff{}", "byte_order_mark"],
    ['"\\ud800"', "lone_surrogate"],
    ['"\\ude00\\ud83d"', "lone_surrogate"],
    ['{"\\ud800":1}', "lone_surrogate"],
    ['"\ud800"', "lone_surrogate"],
    ['{"a":1,"a":2}', "duplicate_key"],
    ['{"a":1,"\\u0061":2}', "duplicate_key"],
    ['{"__proto__":1,"__proto__":2}', "duplicate_key"],
    ["1e33", "number"],
    ["1e-33", "number"],
    ["1e99999999999999999999999999999999", "number"],
    [`1${"0".repeat(32)}`, "number"],
    [`${"[".repeat(65)}${"]".repeat(65)}`, "too_deep"],
    ["[".repeat(100_000), "too_deep"],
    [`"${"x".repeat(1_048_576)}"`, "too_large"],
    [`"${"é".repeat(524_288)}"`, "too_large"],
  ])("refuses %j: %s", (text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it("refuses bytes that are no UTF-8", () => {
    expect(reason(bytes(0x22, 0xff, 0x22))).toBe("not_utf8");
    expect(reason(bytes(0x22, 0xc0, 0x80, 0x22))).toBe("not_utf8");
    expect(reason(bytes(0x22, 0xed, 0xa0, 0x80, 0x22))).toBe("not_utf8");
    expect(reason(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toBe("byte_order_mark");
  });

  it("accepts the limits themselves", () => {
    expect(reason(`${"[".repeat(64)}${"]".repeat(64)}`)).toBe("ok");
    expect(reason(`"${"x".repeat(1_048_574)}"`)).toBe("ok");
    expect(reason(`"${"é".repeat(524_287)}"`)).toBe("ok");
    expect(reason("1e32")).toBe("ok");
    expect(reason(`1${"0".repeat(31)}`)).toBe("ok");
  });

  it("keeps numbers that no double holds as text", () => {
    expect(value("9007199254740993")).toEqual(new JsonNumber("9007199254740993"));
    expect(value("0.1000000000000000055")).toEqual(new JsonNumber("0.1000000000000000055"));
    expect(value("1.00000000000000000000")).toBe(1);
    expect(value("9007199254740991")).toBe(9007199254740991);
    expect(value("10000000000000000e-16")).toBe(1);
    expect(Object.is(value("-0"), 0)).toBe(true);
  });

  it("holds hostile names as own keys, also when Object.prototype is polluted", () => {
    const hostile = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "polluted"];
    const text = `{${hostile.map((name) => `${JSON.stringify(name)}:1`).join(",")}}`;
    Object.defineProperty(Object.prototype, "polluted", {
      configurable: true,
      get: () => 1,
      set: () => undefined,
    });
    try {
      const object = value(text) as object;
      for (const name of hostile) expect(Object.hasOwn(object, name), name).toBe(true);
      expect(Object.keys(object)).toEqual(hostile);
      expect(reason('{"polluted":1}')).toBe("ok");
    } finally {
      delete (Object.prototype as Record<string, unknown>)["polluted"];
    }
  });

  it("agrees with JSON.parse on JSON that has no duplicate keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const text = JSON.stringify(json);
        const result = readIJson(text);
        if (result.ok) expect(JSON.stringify(plain(result.value))).toBe(JSON.stringify(JSON.parse(text)));
        else expect(["number", "lone_surrogate"]).toContain(result.reason);
      }),
    );
  });

  it("accepts no text that JSON.parse refuses, and never throws", () => {
    const fragments = fc.constantFrom(...'{}[],:"\\u00e1tfnulrse-+.eE \n019axé\ud83d\ude00');
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 20 }), (parts) => {
        const text = parts.join("");
        if (readIJson(text).ok) expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (data) => void readIJson(data)));
  });
});

/** Without `JsonNumber`. */
function plain(json: unknown): unknown {
  if (json instanceof JsonNumber) return Number(json.text);
  if (Array.isArray(json)) return json.map(plain);
  if (typeof json !== "object" || json === null) return json;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(json)) copy[key] = plain(member);
  return copy;
}
