// Tests of the reference interpreter and, side by side, of every production engine: result and list phases, reasons, observers.
import { describe, expect, it } from "vitest";
import type { IrExpression, IrProgram } from "../../ir/ir.ts";
import {
  action,
  and,
  arg,
  buildProgram,
  call,
  compare,
  field,
  not,
  orElse,
  read,
  text,
  yes,
} from "../../testing/build-program.ts";
import { createEveryEngine } from "../../testing/every-engine.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import { INT, JSON_TYPE, RESULT_STATUS, STRING, TIME, listOf, optional, parsed } from "../../types/type.ts";

const request = () => ({ agent: { id: "a" }, tool: "git", action: "push", args: { branch: "dev" } });
const decide = (ir: IrProgram, document: unknown = request()) =>
  createEveryEngine(ir, testPlatform).decide(document);

describe("result phase", () => {
  const fetch = action("web", "fetch", [], { result: STRING });
  const okStatus = compare("eq", read("result", RESULT_STATUS, "status"), {
    kind: "const",
    type: RESULT_STATUS,
    value: "ok",
  });
  const secret = compare("eq", orElse(read("result", optional(STRING), "value"), text("")), text("secret"));
  const ir = buildProgram({
    actions: [fetch],
    rules: [{ id: "p.hold", phase: "result", effect: "deny", on: [0], when: and(okStatus, secret) }],
  });
  const result = (result: unknown) => ({
    phase: "result",
    agent: { id: "a" },
    tool: "web",
    action: "fetch",
    args: {},
    result,
  });

  it("starts from allow", () => {
    expect(decide(ir, result({ status: "ok", value: "fine" }))).toEqual({
      decision: "allow",
      code: "matched",
      rules: [],
      reason: "no rule withholds the result",
      obligations: [],
    });
    expect(decide(ir, result({ status: "ok", value: "secret" })).rules).toEqual(["p.hold"]);
    expect(decide(ir, result({ status: "error" })).decision).toBe("allow");
  });
  it.each([
    undefined,
    null,
    {},
    { status: "ok" },
    { status: "ok", value: 1 },
    { status: "fine" },
    { status: "error", value: "x" },
    { status: "ok", value: "x", more: 1 },
  ])("refuses %j", (document) => {
    expect(decide(ir, JSON.parse(JSON.stringify(result(document)))).code).toBe("invalid_input");
  });
});

describe("reasons", () => {
  const because = (
    type: typeof STRING | typeof INT | ReturnType<typeof parsed> | typeof TIME,
    redact = "",
  ) => {
    const open = action("t", "a", [field("x", type), field("y", optional(JSON_TYPE))]);
    return buildProgram({
      actions: [open],
      expressions: [arg("x", type)],
      rules: [
        {
          id: "p.r",
          effect: "deny",
          on: [0],
          hint: "ask someone",
          reason: [
            { kind: "text", text: "got " },
            { kind: "value", values: [1], path: "/args/x" },
          ],
          redactions: redact === "" ? [] : [{ path: redact, matching: null, with: { kind: "remove" } }],
        },
      ],
    });
  };
  const say = (ir: IrProgram, x: unknown) =>
    decide(ir, { agent: { id: "a" }, tool: "t", action: "a", args: { x } });

  it("quotes text, prints other scalars bare", () => {
    expect(say(because(STRING), "main")).toMatchObject({ reason: 'got "main"', hint: "ask someone" });
    expect(say(because(parsed("url")), "ftp://a.example/x").reason).toBe("the request is not valid");
    expect(say(because(parsed("url")), "https://a.example/X").reason).toBe('got "https://a.example/X"');
    expect(say(because(INT), 2500).reason).toBe("got 2500");
    expect(say(because(TIME), "2026-01-01T00:00:00.500Z").reason).toBe("got 2026-01-01T00:00:00.500Z");
  });
  it("escapes what hides or reorders, and cuts", () => {
    expect(say(because(STRING), 'a"\n\u202e\u200b').reason).toBe('got "a\\"\\n\\u202e\\u200b"');
    expect(say(because(STRING), "x".repeat(78)).reason).toBe(`got "${"x".repeat(78)}"`);
    expect(say(because(STRING), "😀".repeat(79)).reason).toBe(`got "${"😀".repeat(77)}…"`);
  });
  it("is silent about what is redacted", () => {
    for (const path of ["/args/x", "/args", "/args/*", "/args/x/deep"]) {
      expect(say(because(STRING, path), "s3cret").reason).toBe("got [redacted]");
    }
    expect(say(because(STRING, "/args/y"), "main").reason).toBe('got "main"');
    expect(say(because(STRING, "/args/xy"), "main").reason).toBe('got "main"');
  });
  it("prints a fact that only they name as absent where it cannot be read", () => {
    const origin: IrExpression = { kind: "fact", name: "origin", path: "/args/x", type: listOf(STRING) };
    const ir = buildProgram({
      actions: [action("git", "push", [field("x", STRING)])],
      facts: [{ name: "origin", type: listOf(STRING) }],
      expressions: [call("count", origin)],
      rules: [
        {
          id: "p.r",
          on: [0],
          reason: [
            { kind: "text", text: "from " },
            { kind: "value", values: [1], path: "" },
          ],
        },
      ],
    });
    const decide = (facts: object) =>
      createEveryEngine(ir, testPlatform).decide({
        agent: { id: "a" },
        tool: "git",
        action: "push",
        args: { x: "" },
        facts,
      });
    expect(decide({})).toMatchObject({ decision: "allow", reason: "from absent" });
    expect(decide({ "/args/x": { origin: ["web", "mail"] } }).reason).toBe("from 2");
  });
});

describe("list phase", () => {
  it("lists what agent and context may see, sorted", () => {
    const team = compare("eq", orElse(read("agent", optional(STRING), "team"), text("")), text("blue"));
    const ir = buildProgram({
      actions: [action("b", "two", []), action("a", "three", []), action("b", "one", [], { visible: 1 })],
      expressions: [team],
      rules: [],
    });
    const engine = createEveryEngine(ir, testPlatform);
    const names = (document: unknown) =>
      engine.visible(document).map(({ tool, action }) => `${tool}.${action}`);
    expect(names({ agent: { id: "x", team: "blue" } })).toEqual(["a.three", "b.one", "b.two"]);
    expect(names({ agent: { id: "x" }, context: {} })).toEqual(["a.three", "b.two"]);
    expect(names({ agent: {} })).toEqual([]);
    expect(names({ agent: { id: "x" }, tool: "b" })).toEqual([]);
  });
});

describe("observer", () => {
  it("hears of rules and expressions", () => {
    const outcomes: string[] = [];
    let seen = 0;
    const push = action("git", "push", [field("branch", STRING)]);
    const ir = buildProgram({
      actions: [push],
      rules: [
        { id: "p.allow", on: [0] },
        { id: "p.deny_main", effect: "deny", on: [0], when: compare("eq", arg("branch"), text("main")) },
        { id: "p.out", on: [0], scope: not(yes) },
      ],
    });
    createEveryEngine(ir, testPlatform).decide(request(), {
      rule: (rule, target, outcome) => void outcomes.push(`${rule.id} ${target} ${outcome}`),
      expression: () => void seen++,
    });
    expect(outcomes).toEqual(["p.allow 0 matched", "p.deny_main 0 unmatched", "p.out 0 out_of_scope"]);
    expect(seen).toBeGreaterThan(5);
  });
});
