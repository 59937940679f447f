// Tests of types, attributes, constants from outside and patterns.
import { printType } from "@aegis/runtime/core";
import { describe, expect, test } from "vitest";
import type { ProjectInputs } from "./resolved-program.ts";
import { resolveTexts } from "../testing/resolve-text.ts";

const told = (text: string, inputs: Partial<ProjectInputs> = {}) =>
  resolveTexts(`package p\n${text}`, inputs).told;

describe("types", () => {
  test("aliases in any order, through each other", () => {
    const { program, told } = resolveTexts(
      "package p\ncontext { a: A }\ntype A = list<B> max 5\ntype B = { x: int in 1..9, e: E? }\nenum E { u, v }",
    );
    expect(told).toEqual([]);
    const field = program.context.find((each) => each.name === "a");
    expect(field === undefined ? "" : printType(field.type)).toBe("list<{ x: int, e: E? }>");
  });

  test("mistakes", () => {
    expect(told("type A = { a: A }")).toEqual(["declaration/type-cycle at A"]);
    expect(told("type A = list<B>\ntype B = { a: A }")).toEqual(["declaration/type-cycle at A"]);
    expect(told("type A = strng")).toEqual(["name/unknown-type at strng"]);
    expect(told("const c = 1\ntype A = c")).toEqual(["name/not-a-type at c"]);
    expect(told("type A = bool in 1..2")).toEqual(["declaration/bad-bounds at in 1..2"]);
    expect(told("type A = int in 5..2")).toEqual(["declaration/empty-range at in 5..2"]);
    expect(told("type A = int in 1.5..2")).toEqual(["declaration/bound-value at 1.5"]);
    expect(told("type A = set<list<int>>")).toEqual(["declaration/element-type at list<int>"]);
    expect(told("type A = list<int?>")).toEqual(["declaration/element-type at int?"]);
    expect(told("type A = set<nope>")).toEqual(["name/unknown-type at nope"]);
  });

  test("defaults", () => {
    expect(told('tool t { a(x: bool = true, y: int in 1..5 = 3, z: git_ref = "main") }')).toEqual([]);
    expect(told("tool t { a(y: int in 1..5 = 9) }")).toEqual(["declaration/bad-constant at 9"]);
    expect(told('tool t { a(z: git_ref = "refs/heads/main") }')).toEqual([
      'declaration/bad-constant at "refs/heads/main"',
    ]);
    expect(told("tool t { a(y: int? = 3) }")).toEqual(["declaration/default-optional at 3"]);
  });
});

test("chains and types that grow without end are refused", () => {
  const range = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");
  expect(told(`${range(300, (i) => `type A${String(i)} = A${String(i + 1)}`)}\ntype A300 = int`)).toEqual([
    "declaration/too-large at A100",
    "declaration/too-large at A201",
  ]);
  expect(
    told(
      `${range(40, (i) => `type A${String(i)} = { x: A${String(i + 1)}, y: A${String(i + 1)} }`)}\ntype A40 = int`,
    ),
  ).toContain("declaration/too-large at A27");
  expect(
    told(`${range(70, (i) => `type A${String(i)} = list<A${String(i + 1)}>`)}\ntype A70 = int`),
  ).toContain("declaration/too-large at A6");
  expect(
    told(`${range(150, (i) => `pattern p${String(i)} = p${String(i + 1)}`)}\npattern p150 = re"a"`),
  ).toEqual(["declaration/too-large at p100"]);
  const groups = `import std.tools.{git}\n${range(150, (i) => `group g${String(i)} = @g${String(i + 1)}`)}`;
  expect(told(`${groups}\ngroup g150 = git.*`)).toContain("declaration/too-large at g101");
});

describe("attributes", () => {
  test("merged over packages, built-in ones included", () => {
    const { program, told } = resolveTexts({
      "a.aegis": "package a\nagent { team: string }\ncontext { environment: string max 9 }",
      "b.aegis": "package b\nagent { team: string, tenant: string }",
    });
    expect(told).toEqual([]);
    expect(program.agent.map((field) => `${field.name}: ${printType(field.type)}`)).toEqual([
      "id: string",
      "on_behalf_of: { id: string, roles: list<string>, ... }?",
      "roles: list<string>",
      "scopes: list<string>",
      "team: string",
      "tenant: string",
    ]);
    expect(program.agent.find((field) => field.name === "roles")?.default).toEqual([]);
    expect(program.context.map((field) => field.name)).toEqual(["environment", "session", "time"]);
  });

  test("conflicts", () => {
    const two = (a: string, b: string) =>
      resolveTexts({ "a.aegis": `package a\n${a}`, "b.aegis": `package b\n${b}` }).told;
    expect(two("agent { team: string }", "agent { team: int }")).toEqual([
      "declaration/conflicting-attribute at team",
    ]);
    expect(two("agent { team: string }", "agent { team: string? }")).toEqual([
      "declaration/conflicting-attribute at team",
    ]);
    expect(told("agent { id: int }")).toEqual(["declaration/conflicting-attribute at id"]);
    expect(told("agent { id: string? }")).toEqual(["declaration/conflicting-attribute at id"]);
  });
});

describe("values from outside", () => {
  const declared = (text: string, inputs: Partial<ProjectInputs>) => {
    const { program, told } = resolveTexts(`package p\n${text}`, inputs);
    expect(told).toEqual([]);
    const value = program.modules[0]?.lookup("x");
    return value?.kind === "data" || value?.kind === "param" ? value.value : undefined;
  };

  test("are canonical", () => {
    const data = new Map<string, unknown>([["p.x", ["b.com", "A.com", "b.com"]]]);
    expect(declared("data x: set<host>", { data })).toEqual(["a.com", "b.com"]);
    expect(declared("data x: set<host>", {})).toBeNull();
    expect(declared("param x: decimal = 1", { params: new Map([["p.x", 0.1]]) })).toBe(100_000);
    expect(
      declared("data x: list<{ from: time, n: int? }>", {
        data: new Map([["p.x", [{ from: "2026-01-31T00:00:00Z", n: null }]]]),
      }),
    ).toEqual([[["from", Date.UTC(2026, 0, 31)]]]);
  });

  test("that do not fit are told where they are declared, by place and without the value", () => {
    const data = new Map<string, unknown>([["p.x", { a: ["ok", 7] }]]);
    const { diagnostics, told } = resolveTexts("package p\ndata x: map<string, list<string>>", { data });
    expect(told).toEqual(["declaration/bad-data at x"]);
    expect(diagnostics[0]?.message).toBe("the value given for data `p.x` does not fit: `/a/1` is no text");
  });

  test("of every wrong shape", () => {
    const wrong: readonly [type: string, value: unknown][] = [
      ["int", 1.5],
      ["int", "1e3"],
      ["int in 1..5", 6],
      ["decimal", "1.1234567"],
      ["bool", "true"],
      ["string max 2", "abc"],
      ["string", "\ud800"],
      ["host", "not a host"],
      ["time", "2026-02-30"],
      ["duration", "1y"],
      ["list<int> max 1", [1, 2]],
      ["map<string, int>", []],
      ["headers", { A: "1", a: "2" }],
      ["{ a: int }", { a: 1, __proto__x: 1 }],
      ["{ a: int }", {}],
      ["list<int>", { length: 0 }],
    ];
    for (const [type, value] of wrong)
      expect(told(`data x: ${type}`, { data: new Map([["p.x", value]]) }), type).toEqual([
        "declaration/bad-data at x",
      ]);
  });

  test("for names that the package does not declare", () => {
    const { diagnostics, told } = resolveTexts("package p\nparam most: int = 5", {
      params: new Map([
        ["p.mosts", 3],
        ["elsewhere.x", 1],
      ]),
    });
    expect(told).toEqual(["declaration/unknown-input at p"]);
    expect(diagnostics[0]?.help).toBe("did you mean `most`?");
  });

  test("of types without constants", () => {
    expect(told("data x: json")).toEqual(["declaration/no-constant-type at json"]);
    expect(told("param x: int? = 1")).toEqual(["declaration/no-constant-type at int?"]);
    expect(told("data x: nope")).toEqual(["name/unknown-type at nope"]);
  });
});

describe("patterns", () => {
  const pattern = (text: string) => {
    const declared = resolveTexts(`package p\nimport std.secrets\n${text}`).program.modules[0]?.lookup("x");
    return declared?.kind === "pattern" ? `${declared.name} ${declared.pattern}` : undefined;
  };

  test("alternatives, in any order of declaration, from other packages", () => {
    expect(pattern('pattern x = y | secrets.aws\npattern y = re"ab" ignore case')).toBe(
      "p.x [Aa][Bb]|AKIA[0-9A-Z]{16}",
    );
  });

  test("mistakes", () => {
    expect(told('pattern x = re"a(?=b)"')).toEqual(["declaration/bad-pattern at ("]);
    expect(told("pattern x = y\npattern y = x")).toEqual(["declaration/pattern-cycle at x"]);
    expect(told("pattern x = y")).toEqual(["declaration/unknown-pattern at y"]);
  });
});

test("the facts about origins are there without being declared", () => {
  const module = resolveTexts("package p").program.modules[0];
  const origin = module?.lookup("origin");
  expect(origin?.kind === "fact" ? printType(origin.type) : "").toBe("set<Origin>");
  expect(module?.lookup("Origin")?.kind).toBe("enum");
});
