// The runtime around its policies: swaps under load, several bundles, modes, expiry, sinks, what hosts hand in.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ENFORCEMENT_CODES,
  MemoryStore,
  PolicyRuntime,
  strictest,
  type DecisionRecord,
  type PolicyCall,
  type StateStore,
} from "@aegis/runtime/enforce";
import { policyOf } from "./policy-text.ts";

const TOOLS = `package p
tool t { run(name: string)  read() }
`;
const ALLOW = `${TOOLS}\nallow a: t.*`;
const DENY = `${TOOLS}\nallow a: t.*\ndeny d: t.run when args.name != "fine"`;
const call = (name = "x"): PolicyCall => ({ agent: { id: "bot" }, tool: "t", action: "run", args: { name } });

describe("a swap", () => {
  test("drops no call: those under way keep what they began with, to their results", async () => {
    const gates: (() => void)[] = [];
    const inner = new MemoryStore();
    const store: StateStore = {
      openSession: (request) => inner.openSession(request),
      closeSession: (session) => inner.closeSession(session),
      read: async (owner) => {
        await new Promise<void>((go) => gates.push(go));
        return inner.read(owner);
      },
      write: (writes, reads) => inner.write(writes, reads),
      spend: (token) => inner.spend(token),
    };
    const runtime = new PolicyRuntime([policyOf(ALLOW, { serial: 1 })], { store });
    const running = Array.from({ length: 20 }, () => runtime.authorize(call()));
    runtime.swap([policyOf(DENY, { serial: 2 })]);
    const later = runtime.authorize(call());
    for (const go of gates) go();
    const all = await Promise.all(running);
    expect(all.map((each) => [each.runs, each.envelope.bundle[0]?.serial])).toEqual(all.map(() => [true, 1]));
    const denied = await later;
    expect([denied.runs, denied.envelope.bundle[0]?.serial]).toEqual([false, 2]);
    const finishing = all.map((each) => each.finish({ status: "ok", value: null }));
    const release = setInterval(() => gates.splice(0).forEach((go) => go()), 0);
    const results = await Promise.all(finishing);
    clearInterval(release);
    expect(results.map((each) => [each.result?.status, each.envelope.bundle[0]?.serial])).toEqual(
      all.map(() => ["ok", 1]),
    );
  });
});

describe("several bundles", () => {
  const other = { lineage: "other", digest: "sha256:other" };
  test("the strictest answers, each with its own default deny, in any order", async () => {
    const both = [policyOf(ALLOW), policyOf(DENY, other)];
    for (const policies of [both, both.toReversed()]) {
      const runtime = new PolicyRuntime(policies);
      expect((await runtime.decide(call())).decision.rules).toEqual(["p.d"]);
      expect((await runtime.decide(call("fine"))).decision.decision).toBe("allow");
    }
    const closed = policyOf(
      `package q\ntool t { run(name: string) }\nallow a: t.run when args.name == "other"`,
      other,
    );
    expect((await new PolicyRuntime([policyOf(ALLOW), closed]).decide(call("fine"))).decision.code).toBe(
      "default_deny",
    );
    expect(
      (await new PolicyRuntime([policyOf(ALLOW), closed]).authorize({ ...call(), action: "read", args: {} }))
        .decision.code,
    ).toBe("unknown_action");
  });
  test("show only what all of them show", () => {
    const closed = policyOf(`package q\ntool t { run(name: string) read() }\nallow a: t.read`, other);
    expect(new PolicyRuntime([policyOf(ALLOW), closed]).visible({ id: "bot" })).toEqual([
      { tool: "t", action: "read" },
    ]);
    expect(new PolicyRuntime([policyOf(ALLOW)]).visible({ id: "bot" })).toHaveLength(2);
  });
  test("none loaded is a deny", async () => {
    expect((await new PolicyRuntime([]).authorize(call())).decision.code).toBe("bundle_invalid");
  });
  test("a pattern known by one name in two bundles finds what either finds", async () => {
    const text = (pattern: string): string => `package p
tool t { run(name: string) }
pattern secret = re"${pattern}"
allow a: t.run
sanitize s: t.run when args matches secret redact args.** matching secret with mask`;
    const runtime = new PolicyRuntime([policyOf(text("A[0-9]")), policyOf(text("B[0-9]"), other)]);
    expect((await runtime.authorize(call("A1 B2"))).args["name"]).toBe("███ ███");
  });
  test("one more never loosens", () => {
    const decision = fc.constantFrom("allow", "sanitize", "approval_needed", "deny") as fc.Arbitrary<"allow">;
    const document = decision.map((each) => ({
      decision: each,
      code: "matched" as const,
      rules: ["p.r"],
      reason: "",
      obligations: [],
    }));
    const order = ["allow", "sanitize", "approval_needed", "deny"];
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), document, (all, more) => {
        const level = order.indexOf(strictest([...all, more]).decision);
        expect(level).toBe(Math.max(order.indexOf(strictest(all).decision), order.indexOf(more.decision)));
      }),
    );
  });
  test("the shadow of all is told", async () => {
    const shadowed = policyOf(`${TOOLS}\nallow a: t.*\nshadow deny s: t.run`, other);
    for (const policies of [
      [policyOf(ALLOW), shadowed],
      [shadowed, policyOf(ALLOW)],
    ]) {
      const { decision } = await new PolicyRuntime(policies).decide(call());
      expect(decision).toMatchObject({ decision: "allow", shadow: { decision: "deny", rules: ["p.s"] } });
    }
    // Where all say the same with it, nothing is told.
    const { decision } = await new PolicyRuntime([shadowed, policyOf(DENY)]).decide(call());
    expect([decision.rules, decision.shadow]).toEqual([["p.d"], undefined]);
  });
  test("each has its own state: one bundle's labels are not another's", async () => {
    const text = `${TOOLS}\nlabel seen set on call t.read per session\nallow a: t.*\ndeny d: t.run when session has seen`;
    const reader = policyOf(text);
    const runtime = new PolicyRuntime([reader, policyOf(text, other)]);
    const session = await runtime.openSession({ id: "bot" });
    runtime.swap([reader]);
    await runtime.authorize({ ...call(), action: "read", args: {}, session });
    expect((await runtime.decide({ ...call(), session })).decision.rules).toEqual(["p.d"]);
    runtime.swap([policyOf(text, other)]);
    expect((await runtime.decide({ ...call(), session })).decision.decision).toBe("allow");
  });
});

describe("modes", () => {
  test("a bundle that is signed to be observed lets calls run as they were, and says what it would say", async () => {
    const records: DecisionRecord[] = [];
    const observed = policyOf(`${DENY}\nsanitize s: t.run redact args.name with mask`, {
      observeUntil: Infinity,
    });
    const runtime = new PolicyRuntime([observed], { sink: { record: (each) => void records.push(each) } });
    const asked = await runtime.authorize(call());
    expect(asked).toMatchObject({
      runs: true,
      args: { name: "x" },
      decision: { decision: "deny" },
      envelope: { mode: "observe" },
    });
    expect((await asked.finish({ status: "ok", value: 1 })).result).toEqual({ status: "ok", value: 1 });
    expect(records.map((each) => each.phase)).toEqual(["call", "result"]);
  });
  test("settings at run time, and one bundle that enforces, only move towards enforcing", async () => {
    const observed = policyOf(DENY, { observeUntil: Infinity });
    expect((await new PolicyRuntime([observed], { mode: "enforce" }).authorize(call())).runs).toBe(false);
    expect(
      (await new PolicyRuntime([observed, policyOf(ALLOW, { lineage: "b" })]).authorize(call())).runs,
    ).toBe(false);
  });
});

test("an observed bundle enforces from its date on", async () => {
  let now = 1999;
  const runtime = new PolicyRuntime([policyOf(DENY, { observeUntil: 2000 })], { clock: () => now });
  expect((await runtime.authorize(call())).runs).toBe(true);
  now = 2000;
  expect(await runtime.authorize(call())).toMatchObject({ runs: false, envelope: { mode: "enforce" } });
});

test("out of its time a bundle denies and shows nothing", async () => {
  let now = 500;
  const policy = policyOf(ALLOW, { notBefore: 1000, notAfter: 2000 });
  const runtime = new PolicyRuntime([policy], { clock: () => now });
  const codes: string[] = [];
  for (now of [500, 1000, 1999, 2000]) codes.push((await runtime.authorize(call())).decision.code);
  expect(codes).toEqual(["expired", "matched", "matched", "expired"]);
  expect(runtime.visible({ id: "bot" })).toEqual([]);
});

describe("the sink", () => {
  test("has the record before the call is let through", async () => {
    const order: string[] = [];
    const runtime = new PolicyRuntime([policyOf(ALLOW)], {
      sink: { record: () => Promise.resolve().then(() => void order.push("durable")) },
    });
    if ((await runtime.authorize(call())).runs) order.push("forwarded");
    expect(order).toEqual(["durable", "forwarded"]);
  });
  test("that fails denies, and what was reserved is given back", async () => {
    let broken = true;
    const text = `${TOOLS}\nallow a: t.*\nlimit one: t.run to 1 per session`;
    const runtime = new PolicyRuntime([policyOf(text)], {
      sink: { record: () => (broken ? Promise.reject(new Error("full")) : Promise.resolve()) },
    });
    const session = await runtime.openSession({ id: "bot" });
    expect(await runtime.authorize({ ...call(), session })).toMatchObject({
      runs: false,
      decision: { code: "internal_error" },
    });
    broken = false;
    const asked = await runtime.authorize({ ...call(), session });
    expect(asked.runs).toBe(true);
    broken = true;
    expect(await asked.finish({ status: "ok", value: "x" })).toMatchObject({ result: undefined });
  });
});

describe("whatever a host hands in", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  const getter = Object.defineProperty({}, "name", { enumerable: true, get: () => "x" });
  test.each([
    ["null", null],
    ["a text", "x"],
    ["nothing", {}],
    ["no agent", { tool: "t", action: "run", args: {} }],
    ["an agent that is none", { agent: null, tool: "t", action: "run", args: {} }],
    ["a cycle", { ...call(), args: cyclic }],
    ["a getter", { ...call(), args: getter }],
    ["undefined inside", { ...call(), args: { name: undefined } }],
    ["a big integer", { ...call(), args: { name: 1n } }],
    ["a lone surrogate", { ...call(), args: { name: "\ud800" } }],
    ["a number as tool", { ...call(), tool: 7 }],
    ["an array as args", { ...call(), args: [] }],
    ["facts that are none", { ...call(), facts: "x" }],
  ])("%s is invalid_input, and never rejects", async (_, given) => {
    const records: DecisionRecord[] = [];
    const runtime = new PolicyRuntime([policyOf(ALLOW)], {
      sink: { record: (each) => void records.push(each) },
    });
    const asked = await runtime.authorize(given as PolicyCall);
    expect([asked.runs, asked.decision.code]).toEqual([false, "invalid_input"]);
    expect((await runtime.decide(given as PolicyCall)).decision.code).toBe("invalid_input");
    expect((await asked.finish({ status: "ok", value: 1 })).result).toBeUndefined();
    await asked.abandon();
    expect(records).toHaveLength(3);
  });
  test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", ""])(
    "`%s` as a name is a name",
    async (name) => {
      const runtime = new PolicyRuntime([policyOf(ALLOW)]);
      for (const change of [{ tool: name }, { action: name }])
        expect((await runtime.authorize({ ...call(), ...change })).decision.code).toBe("unknown_action");
      const args = JSON.parse(`{"name":"x",${JSON.stringify(name)}:"y"}`) as PolicyCall["args"];
      expect((await runtime.authorize({ ...call(), args })).decision.code).toBe("invalid_input");
    },
  );
  test("an answer that is no JSON is withheld, and the call has ended", async () => {
    const runtime = new PolicyRuntime([policyOf(ALLOW)]);
    const asked = await runtime.authorize(call());
    expect(await asked.finish({ status: "ok", value: cyclic as never })).toMatchObject({
      result: undefined,
      decision: { code: "invalid_input" },
    });
  });
});

test("every enforcement code has a text of its own, and denies", () => {
  expect(new Set(Object.values(ENFORCEMENT_CODES)).size).toBe(Object.keys(ENFORCEMENT_CODES).length);
});
