// Tests of the checks of objects handed in by a host.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkIJsonObject } from "./check-i-json-object.ts";
import { readIJson } from "./read-i-json.ts";

const reason = (value: unknown) => {
  const result = checkIJsonObject(value);
  return result.ok ? "ok" : result.reason;
};

describe("checkIJsonObject", () => {
  it("copies plain data", () => {
    const value = { a: [1, "x", null, true], b: { c: -0 } };
    const result = checkIJsonObject(value);
    expect(result).toEqual({ ok: true, value: { a: [1, "x", null, true], b: { c: 0 } } });
    expect(result.ok && result.value).not.toBe(value);
  });

  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  let wide: unknown = "x";
  for (let level = 0; level < 60; level++) wide = [wide, wide];

  it.each<[string, () => unknown, string]>([
    ["undefined", () => undefined, "not_json"],
    ["an undefined member", () => ({ a: undefined }), "not_json"],
    ["a hole", () => new Array(2), "not_json"],
    ["NaN", () => ({ a: NaN }), "not_json"],
    ["infinity", () => [Infinity], "not_json"],
    ["a big integer", () => 1n, "not_json"],
    ["a function", () => ({ a: () => 1 }), "not_json"],
    ["a symbol", () => Symbol("x"), "not_json"],
    ["a symbol key", () => ({ [Symbol("x")]: 1 }), "not_json"],
    ["a date", () => new Date(), "not_json"],
    ["a map", () => new Map(), "not_json"],
    ["an instance", () => new (class X {})(), "not_json"],
    ["a boxed string", () => Object("x"), "not_json"],
    ["a getter", () => ({ get a() { return 1; } }), "not_json"], // prettier-ignore
    ["a cycle", () => cyclic, "too_deep"],
    ["a shared tree", () => wide, "too_large"],
    ["a lone surrogate", () => ({ a: "\ud800" }), "lone_surrogate"],
    ["a lone surrogate in a key", () => ({ "\udc00": 1 }), "lone_surrogate"],
    ["a long text", () => "x".repeat(1_048_577), "too_large"],
    ["a long list", () => new Array(2_000_000).fill(1), "too_large"],
    ["no prototype", () => Object.create(null), "ok"],
  ])("%s: %s", (_name, value, expected) => {
    expect(reason(value())).toBe(expected);
  });

  it("refuses a proxy that throws", () => {
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    expect(checkIJsonObject(proxy).ok).toBe(false);
  });

  it("gives what the text of the object gives", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const text = readIJson(JSON.stringify(json));
        const object = checkIJsonObject(json);
        if (text.ok) expect(object).toEqual(text);
        else if (text.reason !== "number") expect(object.ok).toBe(false);
      }),
    );
  });
});
