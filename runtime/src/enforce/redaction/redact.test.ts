// Redaction: paths, merging, methods, and the laws: order does not matter, twice changes nothing, nothing survives.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HEADERS, JSON_TYPE, STRING, listOf, mapOf, optional, type JsonValue } from "../../core/index.ts";
import { compilePattern } from "../../facts/index.ts";
import { redact, survives } from "./redact.ts";
import type { RedactObligation, RedactionContext } from "./redaction-context.ts";

const context: RedactionContext = {
  params: [
    { name: "body", type: STRING },
    { name: "headers", type: optional(HEADERS) },
    { name: "tags", type: listOf(STRING) },
    { name: "labels", type: mapOf(STRING) },
    { name: "data", type: JSON_TYPE },
  ],
  result: JSON_TYPE,
  matcherOf: (name) =>
    name === "secret"
      ? compilePattern("SECRET[0-9]+")
      : name === "digits"
        ? compilePattern("[0-9]+")
        : undefined,
  hashKey: "key",
};
const step = (path: string, how: RedactObligation["with"], matching?: string): RedactObligation => ({
  type: "redact",
  rule: "p.r",
  path,
  with: how,
  ...(matching === undefined ? {} : { matching }),
});
function run(args: Record<string, JsonValue>, ...steps: RedactObligation[]): unknown {
  const result = redact({ args }, steps, context);
  return result.ok ? JSON.parse(JSON.stringify(result.document.args)) : result.problem;
}

describe("places", () => {
  test("header names match in any case, all of them", () => {
    expect(
      run(
        { headers: { Authorization: "a", AUTHORIZATION: "b", accept: "c" } },
        step("/args/headers/authorization", "mask"),
      ),
    ).toEqual({
      headers: { Authorization: "███", AUTHORIZATION: "███", accept: "c" },
    });
  });
  test("a star is every element, and removal shifts nothing", () => {
    expect(
      run({ tags: ["a", "b", "c"] }, step("/args/tags/0", "remove"), step("/args/tags/1", "mask")),
    ).toEqual({ tags: ["███", "c"] });
    expect(run({ tags: ["a", "b"] }, step("/args/tags/*", "remove"))).toEqual({ tags: [] });
  });
  test("keys with / and ~ and __proto__", () => {
    expect(
      run(
        JSON.parse('{"labels":{"a/b~c":"x","__proto__":"y"}}') as never,
        step("/args/labels/a~1b~0c", "mask"),
        step("/args/labels/__proto__", "mask"),
      ),
    ).toEqual(JSON.parse('{"labels":{"a/b~c":"███","__proto__":"███"}}'));
  });
  test("an absent place is left alone", () => {
    expect(run({ body: "x" }, step("/args/headers/authorization", "remove"))).toEqual({ body: "x" });
  });
  test("an outer step swallows inner ones", () => {
    expect(run({ data: { a: "x" } }, step("/args/data/a", "mask"), step("/args/data", "hash"))).toEqual({
      data: expect.stringMatching(/^hmac:[0-9a-f]{32}$/) as string,
    });
  });
});

describe("methods", () => {
  test("the strongest wins", () => {
    expect(
      run(
        { body: "hello" },
        step("/args/body", { truncate: 2 }),
        step("/args/body", { replace: "no" }),
        step("/args/body", "hash"),
      ),
    ).toEqual({ body: "no" });
  });
  test("truncate keeps code points", () => {
    expect(run({ body: "😀😀😀" }, step("/args/body", { truncate: 2 }))).toEqual({ body: "😀😀" });
  });
  test("spans are merged, and a whole-value step wins over them", () => {
    expect(
      run(
        { body: "a SECRET12 b" },
        step("/args/body", "mask", "secret"),
        step("/args/body", "mask", "digits"),
      ),
    ).toEqual({ body: "a ███ b" });
    expect(
      run(
        { body: "a SECRET12 b" },
        step("/args/body", "mask", "secret"),
        step("/args/body", { truncate: 1 }),
      ),
    ).toEqual({ body: "a" });
  });
  test("json is searched at any depth, keys included", () => {
    expect(run({ data: { a: ["SECRET1"], SECRET2: "x" } }, step("/args/data", "mask", "secret"))).toEqual({
      data: { a: ["███"], "███": "███" },
    });
  });
  test("a text that hides a match behind an encoding goes as a whole", () => {
    const hidden = Buffer.from("a SECRET12 b, and more").toString("base64");
    const mask = (args: Record<string, JsonValue>) =>
      run(args, step("/args/body", "mask", "secret"), step("/args/data", "mask", "secret"));
    expect(mask({ body: `x ${hidden} y` })).toEqual({ body: "███" });
    expect(mask({ body: "%53ECRET12" })).toEqual({ body: "███" });
    expect(mask({ body: '{"a":"SECRET12"}' })).toEqual({ body: '{"a":"███"}' });
    expect(mask({ data: { [hidden]: 1, b: ["&#83;ECRET1", "c"] } })).toEqual({
      data: { "███": "███", b: ["███", "c"] },
    });
  });
  test("a match split over neighbours survives, and is told", () => {
    const left = (args: Record<string, JsonValue>, path: string) =>
      survives({ args }, [step(path, "mask", "secret")], context);
    expect(left({ tags: ["SEC", "RET1"] }, "/args/tags/*")).toBe(true);
    expect(left({ data: { a: ["SEC", "RET1"] } }, "/args/data")).toBe(true);
    expect(left({ tags: ["a", "b"] }, "/args/tags/*")).toBe(false);
    expect(left({ body: "███" }, "/args/body")).toBe(false);
  });
  test("what cannot be carried out is said, without a value", () => {
    expect(run({ body: "x" }, step("/args/body", "mask", "nothing"))).toBe(
      "an obligation names an unknown pattern",
    );
    expect(
      redact({ args: { body: "x" } }, [step("/args/body", "hash")], { ...context, hashKey: null }).ok,
    ).toBe(false);
    expect(run({ body: "x" }, step("/elsewhere", "mask"))).toBe("a path of an obligation is not understood");
  });
});

const anyStep = fc
  .record({
    path: fc.constantFrom(
      "/args/body",
      "/args/tags/*",
      "/args/tags/0",
      "/args/labels/*",
      "/args/data",
      "/args/headers/authorization",
    ),
    how: fc.constantFrom<RedactObligation["with"]>("mask", "hash", { truncate: 3 }, { replace: "███" }),
    matching: fc.constantFrom("secret", "digits", undefined),
  })
  .map(({ path, how, matching }) => step(path, how, matching));
const text = fc
  .array(fc.constantFrom("SECRET12", "x", " ", "34", "é", "hmac:"))
  .map((parts) => parts.join(""));
const anyArgs = fc.record({
  body: text,
  tags: fc.array(text, { maxLength: 3 }),
  labels: fc.dictionary(text, text, { maxKeys: 3 }),
  data: fc.jsonValue({ maxDepth: 2 }),
  headers: fc.record({ Authorization: text, AUTHORIZATION: text }),
}) as fc.Arbitrary<Record<string, JsonValue>>;

test("order does not matter", () => {
  fc.assert(
    fc.property(anyArgs, fc.array(anyStep, { maxLength: 5 }), (args, steps) => {
      expect(run(args, ...[...steps].reverse())).toEqual(run(args, ...steps));
    }),
  );
});
test.each([["hash"], [{ truncate: 1 }], [{ replace: "gone" }]] as const)(
  "a member whose key is masked stays as it is under %j",
  (how) => {
    const steps = [step("/args/labels/*", "mask", "secret"), step("/args/labels/*", how)];
    const once = run({ labels: { SECRET12: "x" } }, ...steps) as Record<string, JsonValue>;
    expect(run(once, ...steps)).toEqual(once);
  },
);
test("redacting twice changes nothing", () => {
  fc.assert(
    fc.property(anyArgs, fc.array(anyStep, { maxLength: 4 }), (args, steps) => {
      const once = run(args, ...steps) as Record<string, JsonValue>;
      expect(run(once, ...steps)).toEqual(once);
    }),
  );
});
test("no redacted value survives at its place", () => {
  fc.assert(
    fc.property(anyArgs, (args) => {
      const after = JSON.stringify(
        run(
          args,
          step("/args/body", "mask", "secret"),
          step("/args/tags/*", "mask", "secret"),
          step("/args/labels", "mask", "secret"),
          step("/args/data", "mask", "secret"),
          step("/args/headers/authorization", "mask"),
        ),
      );
      expect(after).not.toMatch(/SECRET[0-9]/);
    }),
  );
});
