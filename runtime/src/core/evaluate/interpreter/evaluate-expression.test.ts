// Tests of the meaning of expressions.
import { describe, expect, it } from "vitest";
import type { IrExpression } from "../../ir/ir.ts";
import {
  action,
  and,
  arg,
  buildProgram,
  call,
  compare,
  constant,
  field,
  int,
  no,
  not,
  or,
  orElse,
  present,
  read,
  text,
  yes,
} from "../../testing/build-program.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import type { Type } from "../../types/type.ts";
import {
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
} from "../../types/type.ts";
import type { Value } from "../../values/value.ts";
import { readIJson } from "../../values/read-i-json.ts";
import { createRequestValidator } from "../../input/validate-request.ts";
import { linkProgram } from "../link-program.ts";
import { evaluateExpression } from "./evaluate-expression.ts";

const url = parsed("url");
const host = parsed("host");
const inner: Type = { kind: "record", open: false, fields: [field("u", url), field("n", optional(STRING))] };
const params = [
  field("s", optional(STRING)),
  field("n", optional(INT)),
  field("u", optional(url)),
  field("us", optional(listOf(url))),
  field("tags", optional(setOf(STRING))),
  field("m", optional(mapOf(STRING))),
  field("h", optional(HEADERS)),
  field("j", optional(JSON_TYPE)),
  field("r", optional(inner)),
  field("rs", optional(listOf(inner))),
];
const program = buildProgram({
  actions: [action("t", "a", params)],
  patterns: [{ name: "p", pattern: "se[c]ret" }],
  rules: [],
});
const linked = linkProgram(program, testPlatform);
const validator = createRequestValidator(program, testPlatform.parsedTypes);

function evaluate(node: IrExpression, args: string = "{}"): Value {
  const json = readIJson(`{"agent":{"id":"me"},"tool":"t","action":"a","args":${args}}`);
  const valid = validator.request(json.ok ? json.value : null);
  if (!valid.ok) throw new Error(valid.code);
  return evaluateExpression(node, { program: linked, request: valid.request, locals: [] });
}

const s = orElse(arg("s", optional(STRING)), text(""));
const n = orElse(arg("n", optional(INT)), int(0));
const u = orElse(arg("u", optional(url)), constant(url, ""));
const us = orElse(arg("us", optional(listOf(url))), constant(listOf(url), []));
const tags = orElse(arg("tags", optional(setOf(STRING))), constant(setOf(STRING), []));
const local = (type: Type, depth = 0): IrExpression => ({ kind: "local", depth, type });
const matches = (of: IrExpression): IrExpression => ({ kind: "matches", of, pattern: 0 });
const all: IrExpression = read("args", { kind: "record", fields: params, open: false });

describe("expressions", () => {
  it.each<[string, IrExpression, string, Value]>([
    ["an argument", arg("s", optional(STRING)), '{"s":"x"}', "x"],
    ["an absent argument", arg("s", optional(STRING)), '{"s":null}', undefined],
    ["presence", present(arg("s", optional(STRING))), '{"s":""}', true],
    ["absence", present(arg("s", optional(STRING))), "{}", false],
    ["a fallback", s, "{}", ""],
    ["json null is there", present(arg("j", optional(JSON_TYPE))), '{"j":[null]}', true],
    ["a path", read("args", optional(STRING), "r", "n"), '{"r":{"u":"http://a","n":"x"}}', "x"],
    ["a path that ends early", read("args", optional(STRING), "r", "n"), "{}", undefined],
    ["an inherited name", read("args", STRING, "toString"), "{}", undefined],
    ["an attribute", read("agent", STRING, "id"), "{}", "me"],
    ["and", and(yes, no), "{}", false],
    ["an empty and", and(), "{}", true],
    ["or", or(no, yes), "{}", true],
    ["not", not(no), "{}", true],
    ["if", { kind: "if", condition: no, then: int(1), else: int(2) }, "{}", 2],
    ["less", compare("lt", n, int(3)), '{"n":2}', true],
    ["not less", compare("lt", n, int(3)), '{"n":3}', false],
    ["not greater", compare("le", n, int(3)), '{"n":3}', true],
    ["unequal", compare("ne", s, text("x")), '{"s":"y"}', true],
    [
      "parsed values are equal by canonical form",
      compare("eq", u, constant(url, "http://a/x")),
      '{"u":"http://a/X"}',
      true,
    ],
    [
      "a saturated sum",
      { kind: "arithmetic", op: "add", left: int(MAX_INTEGER), right: int(1) },
      "{}",
      MAX_INTEGER,
    ],
    [
      "a saturated difference",
      { kind: "arithmetic", op: "sub", left: int(-MAX_INTEGER), right: int(1) },
      "{}",
      -MAX_INTEGER,
    ],
    [
      "a saturated product",
      { kind: "arithmetic", op: "mul", left: int(MAX_INTEGER), right: int(-7) },
      "{}",
      -MAX_INTEGER,
    ],
    ["no negative zero", { kind: "arithmetic", op: "mul", left: int(0), right: int(-7) }, "{}", 0],
    [
      "a remainder that is not negative",
      { kind: "arithmetic", op: "mod", left: int(-7), right: int(3) },
      "{}",
      2,
    ],
    ["a part", { kind: "part", of: u, name: "path" }, '{"u":"http://a/x"}', "/x"],
    ["an absent part", { kind: "part", of: u, name: "path" }, '{"u":"http://a"}', undefined],
    [
      "a member of a map",
      { kind: "index", of: arg("m", mapOf(STRING)), key: "__proto__" },
      '{"m":{"__proto__":"x"}}',
      "x",
    ],
    [
      "no inherited member",
      { kind: "index", of: arg("m", mapOf(STRING)), key: "constructor" },
      '{"m":{}}',
      undefined,
    ],
    ["a header", { kind: "index", of: arg("h", HEADERS), key: "accept" }, '{"h":{"ACCEPT":"x"}}', "x"],
    ["an element of a set", { kind: "member", item: s, of: tags }, '{"s":"a","tags":["a"]}', true],
    ["no element", { kind: "member", item: s, of: tags }, '{"s":"b","tags":["a"]}', false],
    [
      "a key of a map",
      { kind: "member", item: s, of: arg("m", mapOf(STRING)) },
      '{"s":"k","m":{"k":"v"}}',
      true,
    ],
    [
      "any",
      { kind: "quantifier", op: "any", over: tags, body: compare("eq", local(STRING), s) },
      '{"s":"b","tags":["a","b"]}',
      true,
    ],
    ["any of none", { kind: "quantifier", op: "any", over: tags, body: yes }, "{}", false],
    ["all of none", { kind: "quantifier", op: "all", over: tags, body: no }, "{}", true],
    ["count", { kind: "quantifier", op: "count", over: us, body: yes }, '{"us":["http://a","http://b"]}', 2],
    [
      "nested variables",
      {
        kind: "quantifier",
        op: "any",
        over: tags,
        body: {
          kind: "quantifier",
          op: "all",
          over: tags,
          body: or(compare("eq", local(STRING, 1), text("b")), compare("eq", local(STRING, 0), text("zz"))),
        },
      },
      '{"tags":["a","b"]}',
      true,
    ],
    ["a builtin", call("starts_with", s, text("re")), '{"s":"release"}', true],
    ["a builtin on a parsed value", call("ends_with", u, text("/x")), '{"u":"http://a/X"}', true],
    [
      "a cast that fits",
      { kind: "cast", of: orElse(arg("j", optional(JSON_TYPE)), constant(JSON_TYPE, false)), type: inner },
      '{"j":{"u":"no"}}',
      undefined,
    ],
    [
      "a cast to a number",
      { kind: "cast", of: orElse(arg("j", optional(JSON_TYPE)), constant(JSON_TYPE, false)), type: INT },
      '{"j":7}',
      7,
    ],
    ["a match in text", matches(s), '{"s":"my secret"}', true],
    ["no match", matches(s), '{"s":"my sec ret"}', false],
    ["a match deep in json", matches(all), '{"j":{"a":[{"b":["x","secret"]}]}}', true],
    ["a match in a key of json", matches(all), '{"j":[{"secret":1}]}', true],
    ["a match in a key of a map", matches(all), '{"m":{"secret":"x"}}', true],
    ["a match in a parsed value", matches(all), '{"u":"http://a/secret"}', true],
    ["a match in a header", matches(all), '{"h":{"X-A":"secret"}}', true],
    [
      "no match in the name of a field",
      matches({
        kind: "read",
        root: "args",
        path: [],
        type: { kind: "record", open: false, fields: [field("secret", STRING)] },
      }),
      "{}",
      false,
    ],
    [
      "sums of times",
      { kind: "arithmetic", op: "add", left: constant(TIME, 5), right: constant(DURATION, 7) },
      "{}",
      12,
    ],
    ["decimals", compare("lt", constant(DECIMAL, 1), constant(DECIMAL, 2)), "{}", true],
  ])("%s", (_name, node, args, expected) => {
    expect(evaluate(node, args)).toEqual(expected);
  });

  it("gathers hosts from everywhere", () => {
    const gather: IrExpression = {
      kind: "gather",
      type: host,
      places: [
        { path: ["u"], part: "host" },
        { path: ["us", { each: true }], part: "host" },
        { path: ["r", "u"], part: "host" },
        { path: ["rs", { each: true }, "u"], part: "host" },
      ],
    };
    const args = '{"u":"http://a","us":["http://b","http://c/"],"rs":[{"u":"http://d"}]}';
    const hosts = evaluate(gather, args) as readonly { canonical: string }[];
    expect(hosts.map(({ canonical }) => canonical)).toEqual(["a", "b", "c", "d"]);
    expect(evaluate(gather)).toEqual([]);
    const texts: IrExpression = {
      kind: "gather",
      type: STRING,
      places: [{ path: ["m", { each: true }], part: null }],
    };
    expect(evaluate(texts, '{"m":{"a":"1","b":"2"}}')).toEqual(["1", "2"]);
  });
});
