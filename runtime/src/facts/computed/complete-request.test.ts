// Requests completed with computed facts: what is added, and what is left as it is.
import { describe, expect, it } from "vitest";
import type { Engine } from "../../core/evaluate/engine.ts";
import { createInterpreter } from "../../core/evaluate/interpreter/create-interpreter.ts";
import { action, buildProgram, compare, constant, field } from "../../core/testing/build-program.ts";
import { BOOL, JSON_TYPE } from "../../core/types/type.ts";
import { platform } from "../index.ts";
import { requestCompleter } from "./complete-request.ts";

const ANALYSIS = {
  kind: "record",
  open: true,
  fields: [{ name: "valid", type: BOOL }],
} as const;
const NAME = "std.supplychain.analysis";
const program = buildProgram({
  facts: [{ name: NAME, type: ANALYSIS }],
  actions: [action("t", "x", [field("report", JSON_TYPE)])],
  rules: [
    {
      id: "p.clean",
      on: [0],
      effect: "allow",
      when: compare(
        "eq",
        {
          kind: "field",
          of: { kind: "fact", path: "/args/report", name: NAME, type: ANALYSIS },
          name: "valid",
        },
        constant(BOOL, true),
      ),
    },
  ],
});
const engine: Engine = createInterpreter(program, platform);
const complete = requestCompleter(program);
const request = (report: unknown, more: object = {}): string =>
  JSON.stringify({ agent: { id: "a" }, tool: "t", action: "x", args: { report }, ...more });
const decisionOf = (text: string): string => engine.decideText(complete(text)).decision;
const REPORT = { version: "2.1.0", runs: [] };

describe("completed requests", () => {
  it("hold what the runtime computes", () => {
    expect(decisionOf(request(REPORT))).toBe("allow");
    expect(decisionOf(request({}))).toBe("deny");
    expect(engine.decideText(request(REPORT)).code).toBe("default_deny");
  });

  it("keep what they say of facts, and numbers as they are written", () => {
    const facts = { "/args/report": { [NAME]: { valid: false } } };
    expect(decisionOf(request(REPORT, { facts }))).toBe("deny");
    const large = request(REPORT).replace('"runs":[]', '"runs":[],"n":12345678901234567890.5');
    expect(complete(large)).toContain("12345678901234567890.5");
  });

  it.each<[string, string]>([
    ["no JSON", "{"],
    ["a member twice", '{"a":1,"a":2}'],
    ["no object", "7"],
    ["no arguments", '{"agent":{"id":"a"},"tool":"t","action":"x"}'],
    ["arguments that are a list", '{"agent":{"id":"a"},"tool":"t","action":"x","args":[]}'],
    ["facts that are none", request(REPORT, { facts: { "/args/report": 7 } })],
    ["a list of facts", request(REPORT, { facts: [] })],
  ])("leave %s as it is", (_, text) => {
    expect(complete(text)).toBe(text);
  });
});
