// Tests of the reference interpreter and, side by side, of every production engine on small programs: codes, order, blindness, shadow, waivers, obligations, reasons.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IrCounter, IrExpression, IrLabel, IrProgram } from "../../ir/ir.ts";
import type { ProgramSketch, RuleSketch } from "../../testing/build-program.ts";
import {
  action,
  arg,
  buildProgram,
  compare,
  field,
  no,
  orElse,
  read,
  text,
} from "../../testing/build-program.ts";
import { createEveryEngine } from "../../testing/every-engine.ts";
import { testPlatform } from "../../testing/test-platform.ts";
import { BOOL, DECIMAL, STRING, TIME, listOf, optional } from "../../types/type.ts";

const push = action("git", "push", [
  field("branch", STRING),
  field("force", BOOL, false),
  field("note", optional(STRING)),
]);
const commit = action("git", "commit", []);
const program = (rules: readonly RuleSketch[], rest: Partial<ProgramSketch> = {}): IrProgram =>
  buildProgram({ actions: [push, commit], rules, ...rest });
const request = (args: object = { branch: "dev" }, rest: object = {}) => ({
  agent: { id: "a" },
  tool: "git",
  action: "push",
  args,
  ...rest,
});
const decide = (ir: IrProgram, document: unknown = request()) =>
  createEveryEngine(ir, testPlatform).decide(document);

const allow: RuleSketch = { id: "p.allow", on: [0] };
const denyMain: RuleSketch = {
  id: "p.deny_main",
  effect: "deny",
  on: [0],
  when: compare("eq", arg("branch"), text("main")),
  reason: [
    { kind: "text", text: "no push to " },
    { kind: "value", values: [0], path: "/args/branch" },
  ],
};

describe("verdict", () => {
  it("grants only by an allow", () => {
    expect(decide(program([]))).toEqual({
      decision: "deny",
      code: "default_deny",
      rules: [],
      reason: "no rule allows this call",
      obligations: [],
    });
    expect(decide(program([allow]))).toEqual({
      decision: "allow",
      code: "matched",
      rules: ["p.allow"],
      reason: "allow by p.allow",
      obligations: [],
    });
  });

  it("takes the strictest, and needs an allow for approval and sanitize too", () => {
    const approval: RuleSketch = {
      id: "p.ask",
      on: [0],
      effect: "approval",
      approval: { by: [{ role: "r", count: 2 }], via: ["c"], within: 1_800_000 },
    };
    const sanitize: RuleSketch = {
      id: "p.clean",
      on: [0],
      effect: "sanitize",
      redactions: [{ path: "/args/note", matching: null, with: { kind: "mask" } }],
    };
    const deny: RuleSketch = { id: "p.stop", on: [0], effect: "deny" };
    expect(decide(program([approval])).code).toBe("default_deny");
    expect(decide(program([sanitize, allow]))).toMatchObject({
      decision: "sanitize",
      rules: ["p.clean"],
      obligations: [{ type: "redact", rule: "p.clean", path: "/args/note", with: "mask" }],
    });
    expect(decide(program([sanitize, allow, approval]))).toMatchObject({
      decision: "approval_needed",
      rules: ["p.ask"],
      reason: "approval_needed by p.ask",
      obligations: [
        { type: "approval", rule: "p.ask", by: [{ role: "r", count: 2 }], via: ["c"], within: "PT30M" },
        { type: "redact", rule: "p.clean" },
      ],
    });
    expect(decide(program([sanitize, allow, approval, deny]))).toEqual({
      decision: "deny",
      code: "matched",
      rules: ["p.stop"],
      reason: "deny by p.stop",
      obligations: [{ type: "redact", rule: "p.clean", path: "/args/note", with: "mask" }],
    });
  });

  it("does not depend on the order of rules", () => {
    const rules = [allow, denyMain, { ...allow, id: "p.also" }, { ...denyMain, id: "a.deny" }];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rules, { minLength: 4 }),
        fc.constantFrom("main", "dev"),
        (order, branch) => {
          expect(decide(program(order), request({ branch }))).toEqual(
            decide(program(rules), request({ branch })),
          );
        },
      ),
    );
    expect(decide(program(rules), request({ branch: "dev" })).rules).toEqual(["p.allow", "p.also"]);
  });
});

describe("input", () => {
  const ir = program([allow]);
  it.each<[string, object, string]>([
    ["null where there is a default", request({ branch: "x", force: null }), "invalid_input"],
    ["null for an optional", request({ branch: "x", note: null }), "matched"],
    ["a missing argument", request({}), "invalid_input"],
    ["a null argument", request({ branch: null }), "invalid_input"],
    ["a list for a string", request({ branch: ["main"] }), "invalid_input"],
    ["an unknown argument", request({ branch: "x", extra: 1 }), "invalid_input"],
    ["a hostile argument", request(JSON.parse('{"branch":"x","__proto__":1}') as object), "invalid_input"],
    ["args that are no object", request([]), "invalid_input"],
    ["an unknown action", request({}, { action: "pull" }), "unknown_action"],
    ["an unknown tool", request({}, { tool: "constructor" }), "unknown_action"],
    ["an inherited action", request({}, { action: "toString" }), "unknown_action"],
    ["both wrong outside and unknown", request({}, { action: "pull", agent: {} }), "invalid_input"],
    ["an unknown member", request({ branch: "x" }, { extra: 1 }), "invalid_input"],
    ["no agent", request({ branch: "x" }, { agent: undefined }), "invalid_input"],
    [
      "an agent with unknown attributes",
      request({ branch: "x" }, { agent: { id: "a", more: null } }),
      "matched",
    ],
    ["an agent of a wrong type", request({ branch: "x" }, { agent: { id: "a", team: 1 } }), "invalid_input"],
    ["a bad time", request({ branch: "x" }, { context: { time: "2026-02-30T00:00:00Z" } }), "invalid_input"],
    ["a bad phase", request({ branch: "x" }, { phase: "list" }), "invalid_input"],
    ["a result in the call phase", request({ branch: "x" }, { result: { status: "ok" } }), "invalid_input"],
    ["a state that is none", request({ branch: "x" }, { state: 1 }), "invalid_input"],
    ["facts that are none", request({ branch: "x" }, { facts: { "/args/x": 1 } }), "invalid_input"],
  ])("%s: %s", (_name, document, code) => {
    expect(decide(ir, JSON.parse(JSON.stringify(document))).code).toBe(code);
  });

  it("reads text and bytes alike, strictly", () => {
    const engine = createEveryEngine(ir, testPlatform);
    const good = JSON.stringify(request());
    expect(engine.decideText(good).decision).toBe("allow");
    expect(engine.decideText(new TextEncoder().encode(good))).toEqual(engine.decideText(good));
    expect(engine.decideText(good.replace('"args"', '"args":{},"args"')).code).toBe("invalid_input");
    expect(engine.decideText("").code).toBe("invalid_input");
  });

  it("is not moved by a polluted Object.prototype", () => {
    const polluted = Object.prototype as Record<string, unknown>;
    polluted["branch"] = "main";
    polluted["phase"] = "result";
    polluted["facts"] = 1;
    try {
      expect(decide(ir, request({ branch: "dev" })).code).toBe("matched");
      expect(decide(ir, request({})).code).toBe("invalid_input");
    } finally {
      delete polluted["branch"];
      delete polluted["phase"];
      delete polluted["facts"];
    }
  });

  it("gives every JSON value, and every JavaScript value, a decision", () => {
    const engine = createEveryEngine(program([allow, denyMain], { expressions: [] }), testPlatform);
    const near = fc.record(
      {
        phase: fc.constantFrom("call", "result", null, 1),
        agent: fc.oneof(fc.record({ id: fc.string() }), fc.jsonValue()),
        tool: fc.constantFrom("git", "__proto__", "", 1),
        action: fc.constantFrom("push", "commit", "constructor"),
        args: fc.oneof(
          fc.dictionary(fc.constantFrom("branch", "force", "__proto__"), fc.jsonValue()),
          fc.jsonValue(),
        ),
        context: fc.jsonValue(),
        state: fc.jsonValue(),
        facts: fc.jsonValue(),
        result: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (document) => {
        const decision = engine.decide(document);
        expect(["allow", "deny"]).toContain(decision.decision);
        expect(decision.code).not.toBe("internal_error");
        const text = JSON.stringify(document) as string | undefined;
        if (text !== undefined) expect(engine.decideText(text).code).not.toBe("internal_error");
        expect(engine.visible(document)).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });

  it("denies with its own code when the engine itself fails", () => {
    const broken: IrProgram = { ...ir, expressions: [] };
    expect(decide(broken)).toMatchObject({ decision: "deny", code: "internal_error" });
    expect(createEveryEngine(broken, testPlatform).visible({ agent: { id: "a" } })).toEqual([]);
  });
});

describe("blindness", () => {
  const labels: IrLabel[] = [
    { id: "p.green", scope: "session", key: [], max: 1, transitions: [] },
    { id: "p.seen", scope: "agent", key: [STRING], max: 10, transitions: [] },
  ];
  const counters: IrCounter[] = [
    {
      id: "p.spend",
      type: "decimal",
      scope: "agent",
      key: [],
      window: null,
      max: 1,
      targets: [{ action: 0, key: [], amount: 1, settle: null }],
    },
  ];
  const green = (maybe: boolean): IrExpression => ({ kind: "label", cell: 0, key: [], maybe });
  const seen = (maybe: boolean): IrExpression => ({ kind: "label", cell: 1, key: [arg("branch")], maybe });
  const rest: Partial<ProgramSketch> = {
    labels,
    counters,
    expressions: [{ kind: "const", type: DECIMAL, value: 400_000 }],
  };
  const state = (labels: object, counters: object = { "p.spend": "0" }) =>
    request({ branch: "dev" }, { context: { session: "s" }, state: { labels, counters } });
  const grant: RuleSketch = { id: "p.grant", on: [0], when: green(false) };

  it("lets a blind allow not match, and says so", () => {
    const ir = program([grant, { ...allow, id: "p.also", on: [1] }], rest);
    expect(decide(ir)).toMatchObject({
      code: "default_deny",
      reason: "no rule allows this call; undecided for lack of state or facts: p.grant",
    });
    expect(decide(ir, state({ "p.green": true })).code).toBe("matched");
    expect(decide(ir, state({ "p.green": "maybe" })).code).toBe("default_deny");
    expect(decide(ir, state({ "p.green": 1 })).reason).toContain("p.grant");
  });

  it("makes a blind restriction a deny, after real denies and before the default", () => {
    const restriction: RuleSketch = { id: "p.stop", effect: "approval", on: [0], when: green(true) };
    const ir = program([allow, restriction], rest);
    expect(decide(ir)).toMatchObject({ decision: "deny", code: "state_unavailable", rules: ["p.stop"] });
    expect(decide(program([restriction], rest)).code).toBe("state_unavailable");
    expect(decide(program([restriction, denyMain], rest), request({ branch: "main" })).code).toBe("matched");
    expect(decide(ir, state({ "p.green": false })).decision).toBe("allow");
    expect(decide(ir, state({ "p.green": "maybe" })).decision).toBe("approval_needed");
    const noSession = { ...state({ "p.green": false }), context: {} };
    expect(decide(ir, noSession).code).toBe("state_unavailable");
    const otherSchema = {
      ...state({ "p.green": false }),
      state: { schema: "sha256:x", labels: { "p.green": false } },
    };
    expect(decide(ir, otherSchema).code).toBe("state_unavailable");
    const outOfScope = program([allow, { ...restriction, scope: no }], rest);
    expect(decide(outOfScope).decision).toBe("allow");
  });

  it("reads keyed labels", () => {
    const ir = program([{ id: "p.grant", on: [0], when: seen(false) }], rest);
    const restricting = program([allow, { id: "p.stop", effect: "deny", on: [0], when: seen(true) }], rest);
    const labelled = (set: string[], maybe: string[], full: boolean) =>
      state({ "p.green": false, "p.seen": { set, maybe, full } });
    expect(decide(ir, labelled(["dev"], [], false)).decision).toBe("allow");
    expect(decide(ir, labelled([], ["dev"], false)).decision).toBe("deny");
    expect(decide(restricting, labelled([], ["dev"], false)).decision).toBe("deny");
    expect(decide(restricting, labelled([], [], true)).decision).toBe("deny");
    expect(decide(restricting, labelled(["x"], [], false)).decision).toBe("allow");
    expect(decide(restricting, state({ "p.seen": { set: [] } })).code).toBe("state_unavailable");
  });

  it("reserves what the counters take, unless denied", () => {
    expect(decide(program([allow], rest)).obligations).toEqual([
      { type: "reserve", rule: "p.spend", counter: "p.spend", amount: "0.4" },
    ]);
    expect(decide(program([], rest)).obligations).toEqual([]);
    const limit: RuleSketch = {
      id: "p.spend",
      effect: "deny",
      on: [0],
      limit: 0,
      when: compare(
        "gt",
        {
          kind: "arithmetic",
          op: "add",
          left: { kind: "counter", cell: 0, key: [] },
          right: rest.expressions![0]!,
        },
        { kind: "const", type: DECIMAL, value: 1_000_000 },
      ),
    };
    const ir = program([allow, limit], rest);
    expect(decide(ir, state({}, { "p.spend": "0.6" })).decision).toBe("allow");
    expect(decide(ir, state({}, { "p.spend": "0.600001" })).rules).toEqual(["p.spend"]);
    for (const wrong of [0.6, "-1", "1.0000001", "x", null, {}]) {
      expect(decide(ir, state({}, { "p.spend": wrong })).code).toBe("state_unavailable");
    }
  });

  it("needs facts and the time", () => {
    const origin: IrExpression = {
      kind: "member",
      item: text("tool"),
      of: { kind: "fact", name: "origin", path: "/args/branch", type: listOf(STRING) },
    };
    const ir = program([allow, { id: "p.tainted", effect: "deny", on: [0], when: origin }], {
      facts: [{ name: "origin", type: listOf(STRING) }],
    });
    const about = (facts: object) => request({ branch: "dev" }, { facts });
    expect(decide(ir).code).toBe("fact_unavailable");
    expect(decide(ir, about({ "/args/branch": { origin: "tool" } })).code).toBe("fact_unavailable");
    expect(decide(ir, about({ "/args/branch": { origin: ["prompt"], other: 1 } })).decision).toBe("allow");
    expect(decide(ir, about({ "/args/branch": { origin: ["tool"] } })).rules).toEqual(["p.tainted"]);
    const late = compare(
      "ge",
      orElse(read("context", optional(TIME), "time"), { kind: "const", type: TIME, value: 0 }),
      {
        kind: "const",
        type: TIME,
        value: Date.UTC(2030, 0),
      },
    );
    const timed = program([allow, { id: "p.late", effect: "deny", on: [0], when: late }]);
    expect(decide(timed).code).toBe("fact_unavailable");
    expect(
      decide(timed, request({ branch: "x" }, { context: { time: "2029-12-31T23:59:59.9Z" } })).decision,
    ).toBe("allow");
    expect(decide(timed, request({ branch: "x" }, { context: { time: "2030-01-01T00:00:00Z" } })).code).toBe(
      "matched",
    );
  });
});

describe("shadow and waivers", () => {
  const until = Date.UTC(2030, 0);
  const at = (time: string) => request({ branch: "main" }, { context: { time } });
  const before = at("2029-01-01T00:00:00Z");
  const after = at("2030-01-01T00:00:00Z");

  it("observes a shadow rule until its date", () => {
    const ir = program([allow, { ...denyMain, reason: null, shadow: { until } }]);
    expect(decide(ir, before)).toMatchObject({
      decision: "allow",
      shadow: { decision: "deny", code: "matched", rules: ["p.deny_main"], obligations: [] },
    });
    expect(decide(ir, after).decision).toBe("deny");
    expect(decide(ir, after)).not.toHaveProperty("shadow");
    expect(decide(ir, request({ branch: "main" })).decision).toBe("deny");
    expect(decide(ir, request({ branch: "dev" }))).not.toHaveProperty("shadow");
    const forever = program([allow, { ...denyMain, reason: null, shadow: {} }]);
    expect(decide(forever, request({ branch: "main" })).decision).toBe("allow");
  });

  it("switches a rule off while an exception holds", () => {
    const waiver = { id: "p.SEC-1", until, when: compare("eq", read("agent", STRING, "id"), text("a")) };
    const ir = program([allow, { ...denyMain, reason: null, waivers: [waiver] }]);
    expect(decide(ir, before)).toMatchObject({
      decision: "allow",
      waived: [{ rule: "p.deny_main", exception: "p.SEC-1", until: "2030-01-01T00:00:00Z" }],
    });
    expect(decide(ir, after).decision).toBe("deny");
    expect(decide(ir, request({ branch: "main" })).decision).toBe("deny");
    expect(decide(ir, { ...before, agent: { id: "b" } }).decision).toBe("deny");
    expect(decide(ir, { ...before, args: { branch: "dev" } })).not.toHaveProperty("waived");
  });
});
