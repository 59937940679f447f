// Tests of the IR decoder: it accepts what is well-formed, and nothing that could fail when it runs.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInterpreter } from "../../evaluate/interpreter/create-interpreter.ts";
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
  RESULT_STATUS,
  STRING,
  TIME,
  listOf,
  mapOf,
  optional,
  parsed,
  setOf,
} from "../../types/type.ts";
import { encodeIr } from "../encode-ir.ts";
import type { IrExpression, IrProgram } from "../ir.ts";
import { decodeIr } from "./decode-ir.ts";

const host = parsed("host");
const options: Type = {
  kind: "record",
  open: false,
  fields: [field("level", INT), field("tag", optional(STRING))],
};
const params = [
  field("branch", STRING),
  field("count", { kind: "int", min: 0, max: 100 }),
  field("cost", DECIMAL, 1_500_000),
  field("url", parsed("url")),
  field("urls", listOf(parsed("url"), 5)),
  field("tags", setOf(STRING)),
  field("env", mapOf(STRING, 10)),
  field("headers", optional(HEADERS)),
  field("options", optional(options)),
  field("body", JSON_TYPE),
  field("at", optional(TIME)),
  field("mode", { kind: "enum", name: "Mode", members: ["a", "b"] }),
];
const one = action("t", "a", params, { result: STRING });
const two = action("t", "b", [], { open: true });

const url = arg("url", parsed("url"));
const local = (type: Type, depth = 0): IrExpression => ({ kind: "local", depth, type });

const conditions: IrExpression[] = [
  and(compare("eq", arg("branch"), text("main")), yes),
  or(not(compare("gt", arg("count", INT), int(3))), no),
  compare("le", arg("cost", DECIMAL), constant(DECIMAL, 10)),
  compare("eq", { kind: "part", of: url, name: "host" }, constant(host, "a.example")),
  compare("eq", orElse({ kind: "part", of: url, name: "path" }, text("")), text("/")),
  {
    kind: "quantifier",
    op: "any",
    over: arg("urls", listOf(parsed("url"))),
    body: compare(
      "eq",
      { kind: "part", of: local(parsed("url")), name: "host" },
      constant(host, "b.example"),
    ),
  },
  compare(
    "ge",
    {
      kind: "quantifier",
      op: "count",
      over: arg("tags", setOf(STRING)),
      body: compare("eq", local(STRING), text("x")),
    },
    int(1),
  ),
  { kind: "member", item: arg("branch"), of: constant(setOf(STRING), ["a", "b"]) },
  { kind: "member", item: text("PATH"), of: arg("env", mapOf(STRING)) },
  present({ kind: "index", of: arg("env", mapOf(STRING)), key: "__proto__" }),
  present({
    kind: "index",
    of: orElse(arg("headers", optional(HEADERS)), constant(HEADERS, [])),
    key: "accept",
  }),
  compare("eq", orElse(read("args", optional(INT), "options", "level"), int(0)), int(1)),
  present({
    kind: "field",
    of: orElse(arg("options", optional(options)), constant(options, [["level", 1]])),
    name: "tag",
  }),
  { kind: "matches", of: arg("body", JSON_TYPE), pattern: 0 },
  { kind: "matches", of: read("args", { kind: "record", fields: params, open: false }), pattern: 0 },
  call("starts_with", arg("branch"), text("x")),
  call(
    "within_hosts",
    {
      kind: "gather",
      type: host,
      places: [
        { path: ["url"], part: "host" },
        { path: ["urls", { each: true }], part: "host" },
      ],
    },
    constant(setOf(parsed("host_pattern")), ["*.example"]),
  ),
  compare("eq", orElse({ kind: "cast", of: arg("body", JSON_TYPE), type: STRING }, text("")), text("x")),
  compare(
    "gt",
    {
      kind: "arithmetic",
      op: "sub",
      left: orElse(read("context", optional(TIME), "time"), constant(TIME, 0)),
      right: orElse(arg("at", optional(TIME)), constant(TIME, 0)),
    },
    constant(DURATION, 60_000),
  ),
  compare("eq", { kind: "arithmetic", op: "mod", left: arg("count", INT), right: int(2) }, int(0)),
  compare(
    "eq",
    {
      kind: "if",
      condition: yes,
      then: arg("mode", { kind: "enum", name: "Mode", members: ["a", "b"] }),
      else: constant({ kind: "enum", name: "Mode", members: ["a", "b"] }, "b"),
    },
    constant({ kind: "enum", name: "Mode", members: ["a", "b"] }, "a"),
  ),
  { kind: "label", cell: 0, key: [arg("branch")], maybe: true },
  compare("lt", { kind: "counter", cell: 0, key: [] }, constant(DECIMAL, 5)),
  {
    kind: "member",
    item: text("tool"),
    of: { kind: "fact", name: "origin", path: "/args/url", type: listOf(STRING) },
  },
];

const base = (): IrProgram =>
  buildProgram({
    packages: [
      { name: "p", guard: false },
      { name: "p.floor", guard: true },
    ],
    actions: [one, two],
    facts: [{ name: "origin", type: listOf(STRING) }],
    patterns: [{ name: "p.secret", pattern: "sec" }],
    labels: [
      {
        id: "p.seen",
        scope: "session",
        key: [STRING],
        max: 10,
        transitions: [
          { op: "set", on: "result", rules: null, targets: [{ action: 0, when: 1, each: null, key: [2] }] },
          { op: "clear", on: "call", rules: null, targets: [{ action: 0, when: 0, each: 3, key: [4] }] },
        ],
      },
    ],
    counters: [
      {
        id: "p.spend",
        type: "decimal",
        scope: "agent",
        key: [],
        window: 3600,
        max: 1,
        targets: [{ action: 0, key: [], amount: 5, settle: null }],
      },
    ],
    expressions: [
      compare("eq", read("result", RESULT_STATUS, "status"), constant(RESULT_STATUS, "ok")),
      arg("branch"),
      arg("tags", setOf(STRING)),
      local(STRING),
      arg("cost", DECIMAL),
    ],
    rules: [
      { id: "p.all", on: [0, 1] },
      ...conditions.map((when, at) => ({ id: `p.deny_${at}`, effect: "deny" as const, on: [0], when })),
      {
        id: "p.floor.ask",
        effect: "approval",
        on: [0],
        approval: { by: [{ role: "r", count: 1 }], via: [], within: 1000 },
        reason: [{ kind: "value", values: [2], path: "/args/branch" }],
        redactions: [{ path: "/args/body", matching: 0, with: { kind: "replace", value: null } }],
        waivers: [{ id: "p.x", until: 1, when: yes }],
        shadow: { until: 5 },
      },
      {
        id: "p.hold",
        phase: "result",
        effect: "deny",
        on: [0],
        when: present(read("result", optional(STRING), "value")),
      },
    ],
  });

const decode = (json: unknown) => decodeIr(json, testPlatform);
const written = (program: IrProgram): Record<string, unknown> =>
  JSON.parse(encodeIr(program)) as Record<string, unknown>;
const problem = (program: IrProgram): string => problemOf(written(program));
const problemOf = (json: unknown): string => {
  const result = decode(json);
  return result.ok ? "ok" : (result.problems[0]?.message ?? "");
};
const withRule = (when: IrExpression, rest: object = {}): IrProgram =>
  buildProgram({
    ...base(),
    rules: [{ id: "p.r", effect: "deny", on: [0], when, ...rest }],
    expressions: base().expressions.slice(1, 6),
  });

describe("decodeIr", () => {
  it("accepts a program with every kind of node, and gives it back unchanged", () => {
    const result = decode(written(base()));
    expect(result).toEqual({ ok: true, ir: base() });
    expect(new Set(conditions.flatMap(kindsIn)).size).toBeGreaterThan(20);
  });

  it("is canonical", () => {
    const shuffled = Object.fromEntries(Object.entries(written(base())).reverse());
    const result = decode(shuffled);
    expect(result.ok && encodeIr(result.ir)).toBe(encodeIr(base()));
  });

  it.each<[string, unknown, string]>([
    ["no object", null, "expected an object"],
    [
      "another format",
      { ...written(base()), format: "aegis-ir/1" },
      'written as "aegis-ir/1", and read is "aegis-ir/2": to be built again',
    ],
    ["a member too many", { ...written(base()), more: 1 }, "there is no such member"],
  ])("refuses %s", (_name, json, message) => {
    expect(problemOf(json)).toBe(message);
  });

  it.each<[string, IrProgram, string]>([
    ["two actions of one name", { ...base(), actions: [one, one] }, "two actions of one name"],
    ["a rule of no package", { ...base(), packages: [] }, "a rule of no package"],
    [
      "an allow in a guard",
      { ...base(), packages: [{ name: "p", guard: true }] },
      "an allow in a guard package",
    ],
    [
      "a pattern that is not portable",
      { ...base(), patterns: [{ name: "x", pattern: "(" }] },
      "a pattern that is not portable",
    ],
    [
      "an unknown parsed type",
      { ...base(), facts: [{ name: "origin", type: parsed("nope") }] },
      "an unknown parsed type",
    ],
    [
      "an inherited parsed type",
      { ...base(), facts: [{ name: "origin", type: parsed("constructor") }] },
      "an unknown parsed type",
    ],
    [
      "a default of another type",
      { ...base(), actions: [action("t", "a", [field("x", INT, "1")]), two] },
      "a default of another type",
    ],
    [
      "a visible condition that reads arguments",
      { ...base(), actions: [{ ...one, visible: 2 }, two] },
      "a read of args where there is none",
    ],
  ])("refuses %s", (_name, program, message) => {
    expect(problem(program)).toBe(message);
  });

  it.each<[string, IrExpression, string]>([
    ["no bool", arg("branch"), "a condition that is no bool"],
    ["an unknown argument", compare("eq", arg("nope"), text("")), "an unknown field"],
    [
      "a type that is not real",
      compare("eq", arg("count", STRING), text("")),
      "a type that is not the real one",
    ],
    [
      "an optional without else",
      compare("eq", arg("at", optional(TIME)), constant(TIME, 1)),
      "two types where there must be one",
    ],
    [
      "an optional that claims to be there",
      compare("eq", arg("at", TIME), constant(TIME, 1)),
      "a type that is not the real one",
    ],
    ["presence of what is always there", present(arg("branch")), "presence of what is always there"],
    [
      "a result in the call phase",
      present(read("result", optional(STRING), "value")),
      "a read of result where there is none",
    ],
    ["an unbound variable", compare("eq", local(STRING), text("")), "a variable that is not bound"],
    [
      "a constant of another type",
      compare("eq", arg("branch"), constant(STRING, 1)),
      "a constant of another type",
    ],
    [
      "a parsed constant that does not parse",
      compare("eq", { kind: "part", of: url, name: "host" }, constant(host, "A B")),
      "a constant of another type",
    ],
    [
      "text compared with text by order",
      compare("lt", arg("branch"), text("x")),
      "a comparison of what cannot be compared",
    ],
    ["an unknown builtin", call("constructor", arg("branch")), "an unknown builtin"],
    [
      "a builtin of other arguments",
      call("starts_with", arg("branch"), int(1)),
      "arguments that starts_with does not take",
    ],
    [
      "a product of variables",
      compare(
        "eq",
        { kind: "arithmetic", op: "mul", left: arg("count", INT), right: arg("count", INT) },
        int(1),
      ),
      "a product without an int constant",
    ],
    [
      "a remainder by zero",
      compare("eq", { kind: "arithmetic", op: "mod", left: arg("count", INT), right: int(0) }, int(1)),
      "a remainder by no positive constant",
    ],
    [
      "a key of another type",
      { kind: "label", cell: 0, key: [arg("count", INT)], maybe: false },
      "a key of another type",
    ],
    ["an unknown label", { kind: "label", cell: 7, key: [], maybe: false }, "an unknown label"],
    ["an unknown pattern", { kind: "matches", of: arg("branch"), pattern: 7 }, "an unknown pattern"],
    [
      "a header name in upper case",
      present({
        kind: "index",
        of: orElse(arg("headers", optional(HEADERS)), constant(HEADERS, [])),
        key: "Accept",
      }),
      "a header name that is not lower case",
    ],
    ["too much work", nested(3), "an expression that may cost too much"],
    ["too deep a tree", deep(300), "nested too deep"],
  ])("refuses %s", (_name, when, message) => {
    expect(problem(withRule(when))).toBe(message);
  });

  it("needs reads to be complete", () => {
    const program = withRule({ kind: "label", cell: 0, key: [arg("branch")], maybe: true });
    expect(problem(program)).toBe("ok");
    const rule = program.rules[0]!;
    const target = { ...rule.targets[0]!, reads: { labels: [], counters: [], facts: [], context: [] } };
    expect(problem({ ...program, rules: [{ ...rule, targets: [target] }] })).toBe(
      "reads that leave something out",
    );
  });

  it("never throws, and whatever it accepts runs", () => {
    const json = written(base());
    const places = pathsOf(json);
    const replacement = fc.oneof(
      fc.constantFrom<unknown>(null, 0, 1, -1, 99, "", "x", true, [], {}, { kind: "const" }),
      fc.constantFrom(...places).map((path) => at(json, path)),
    );
    const request = {
      agent: { id: "a" },
      tool: "t",
      action: "a",
      args: {
        branch: "main",
        count: 1,
        url: "https://a.example/",
        urls: [],
        tags: ["x"],
        env: {},
        body: [{ sec: 1 }],
        mode: "a",
      },
    };
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...places), replacement, (path, value) => {
        const mutated = replaced(json, path, value);
        const result = decode(mutated);
        if (!result.ok) return;
        accepted++;
        expect(createInterpreter(result.ir, testPlatform).decide(request).code).not.toBe("internal_error");
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(0);
    fc.assert(fc.property(fc.anything(), (value) => void decode(value)));
  });
});

function kindsIn(node: IrExpression): string[] {
  return [...JSON.stringify(node).matchAll(/"kind":"(\w+)"/g)].map((match) => match[1] ?? "");
}

function nested(levels: number): IrExpression {
  if (levels === 0) return yes;
  return { kind: "quantifier", op: "any", over: arg("tags", setOf(STRING)), body: nested(levels - 1) };
}

function deep(levels: number): IrExpression {
  let node: IrExpression = yes;
  for (let level = 0; level < levels; level++) node = not(node);
  return node;
}

type Path = readonly (string | number)[];
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}
const at = (value: unknown, path: Path): unknown =>
  path.reduce((each, key) => (each as Record<string | number, unknown>)[key], value);
function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}
