// Computed facts: which of them a program asks for, about which values, and what stands before them.
import { describe, expect, it } from "vitest";
import { action, buildProgram, compare, field, int, or } from "../../core/testing/build-program.ts";
import { INT, JSON_TYPE, optional, STRING } from "../../core/types/type.ts";
import type { ComputedFact } from "./computed-fact.ts";
import { factComputer } from "./fact-computer.ts";

const length: ComputedFact = {
  name: "p.length",
  doc: "How long a text is; nothing for anything else.",
  compute: (value) => (typeof value === "string" ? value.length : undefined),
};
const fact = (path: string, name = "p.length") =>
  compare("gt", { kind: "fact", path, name, type: INT }, int(3));
const program = buildProgram({
  facts: [
    { name: "p.length", type: INT },
    { name: "p.other", type: INT },
  ],
  actions: [
    action("t", "x", [field("a", STRING), field("b", optional(JSON_TYPE))]),
    action("t", "y", [field("a", STRING)]),
  ],
  rules: [
    {
      id: "p.a",
      on: [0],
      effect: "deny",
      when: or(fact("/args/a"), fact("/args/b/c~1d"), fact("/args/a", "p.other")),
    },
    { id: "p.b", on: [1], effect: "allow" },
  ],
});
const factsOf = factComputer(program, new Map([[length.name, length]]));

describe("computed facts", () => {
  it("are told of what the action's rules ask, where it can be known", () => {
    expect(factsOf("t", "x", { a: "four", b: { "c/d": "x" } })).toEqual({
      "/args/a": { "p.length": 4 },
      "/args/b/c~1d": { "p.length": 1 },
    });
    expect(factsOf("t", "x", { a: 7, b: { "c/d": null } })).toEqual({ "/args/a": {}, "/args/b/c~1d": {} });
    expect(factsOf("t", "x", {})).toEqual({ "/args/a": {}, "/args/b/c~1d": {} });
  });

  it("may be told of what is absent, and of all arguments at once", () => {
    const count: ComputedFact = {
      name: "p.length",
      doc: "How many members there are.",
      compute: (value) => Object.keys(value as object).length,
      absent: 0,
    };
    const asked = buildProgram({
      facts: [{ name: "p.length", type: INT }],
      actions: [action("t", "x", [field("a", optional(JSON_TYPE))])],
      rules: [{ id: "p.a", on: [0], effect: "deny", when: or(fact("/args"), fact("/args/a")) }],
    });
    expect(factComputer(asked, new Map([[count.name, count]]))("t", "x", { b: null })).toEqual({
      "/args": { "p.length": 1 },
      "/args/a": { "p.length": 0 },
    });
  });

  it("are not told where no rule asks", () => {
    expect(factsOf("t", "y", { a: "four" })).toEqual({});
    expect(factsOf("__proto__", "constructor", { a: "four" })).toEqual({});
  });

  it("stand behind what the enforcement point knows", () => {
    const given = { "/args/a": { "p.length": 9, "p.other": 1 }, "/args/z": { origin: ["prompt"] } };
    expect(factsOf("t", "x", { a: "four" }, given)).toEqual({ ...given, "/args/b/c~1d": {} });
    expect(given["/args/a"]).toEqual({ "p.length": 9, "p.other": 1 });
  });

  it("read own members only", () => {
    const inherited = factComputer(
      buildProgram({
        facts: [{ name: "p.length", type: INT }],
        actions: [action("t", "x", [field("a", JSON_TYPE)])],
        rules: [{ id: "p.a", on: [0], effect: "deny", when: fact("/args/a/__proto__/x") }],
      }),
      new Map([[length.name, length]]),
    );
    expect(inherited("t", "x", { a: Object.create({ x: "four" }) as object as never })).toEqual({
      "/args/a/__proto__/x": {},
    });
  });
});
