// The embedding API and state: budgets under interleaving, calls in flight, late results, orphans, sessions.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  MemoryStore,
  PolicyRuntime,
  type Authorization,
  type PolicyCall,
  type StateStore,
} from "@aegis/runtime/enforce";
import { policyOf } from "./policy-text.ts";

const agent = { id: "bot" };
const TOOLS = `package p
tool t { spend(amount: decimal in 0..1000): { cost: decimal }  run()  commit()  deploy()  read() }
`;
const call = (action: string, args: PolicyCall["args"] = {}, session?: string): PolicyCall => ({
  agent,
  tool: "t",
  action,
  args,
  ...(session === undefined ? {} : { session }),
});

describe("budgets", () => {
  const BUDGET = `${TOOLS}
allow a: t.*
limit money: t.spend to 10.0 sum args.amount settle result.value.cost per session`;
  const spentOf = async (runtime: PolicyRuntime, session: string): Promise<number> => {
    // What is left is found by asking: nothing is reserved by asking.
    for (let left = 10; left >= 0; left--) {
      const { decision } = await runtime.decide(call("spend", { amount: left }, session));
      if (decision.decision === "allow") return 10 - left;
    }
    return 10;
  };

  test("two calls at once cannot both spend the last dollar", async () => {
    const runtime = new PolicyRuntime([policyOf(BUDGET)]);
    const session = await runtime.openSession(agent);
    const both = await Promise.all(
      [1, 2].map(() => runtime.authorize(call("spend", { amount: 6 }, session))),
    );
    expect(both.map((each) => each.runs).sort()).toEqual([false, true]);
    expect(both.map((each) => each.decision.code).sort()).toEqual(["matched", "matched"]);
  });

  test("one that always comes too late is state_conflict, and has reserved nothing", async () => {
    const inner = new MemoryStore();
    const busy: StateStore = {
      openSession: (request) => inner.openSession(request),
      closeSession: (session) => inner.closeSession(session),
      read: (owner) => inner.read(owner),
      write: () => Promise.resolve(false),
      spend: (token) => inner.spend(token),
    };
    const runtime = new PolicyRuntime([policyOf(BUDGET)], { store: busy });
    const session = await runtime.openSession(agent);
    const asked = await runtime.authorize(call("spend", { amount: 1 }, session));
    expect(asked).toMatchObject({ runs: false, decision: { decision: "deny", code: "state_conflict" } });
  });

  test("settled at what was used, given back only if never dispatched, else counted as reserved", async () => {
    const runtime = new PolicyRuntime([policyOf(BUDGET)]);
    const session = await runtime.openSession(agent);
    const start = (amount: number): Promise<Authorization> =>
      runtime.authorize(call("spend", { amount }, session));
    await (await start(4)).finish({ status: "ok", value: { cost: 1 } });
    expect(await spentOf(runtime, session)).toBe(1);
    await (await start(4)).abandon();
    expect(await spentOf(runtime, session)).toBe(1);
    await (await start(2)).finish({ status: "error" });
    expect(await spentOf(runtime, session)).toBe(3);
    await (await start(2)).finish({ status: "unknown" });
    expect(await spentOf(runtime, session)).toBe(5);
    // A refund by a forged answer: the reservation stands.
    await (await start(2)).finish({ status: "ok", value: { cost: -100 } });
    expect(await spentOf(runtime, session)).toBe(7);
    // Dispatched and never heard of again.
    await start(2);
    expect(await spentOf(runtime, session)).toBe(9);
  });

  test("a call ends once: a second result, a late abandon and a result of a call that did not run change nothing", async () => {
    const runtime = new PolicyRuntime([policyOf(BUDGET)]);
    const session = await runtime.openSession(agent);
    const first = await runtime.authorize(call("spend", { amount: 4 }, session));
    await first.finish({ status: "ok", value: { cost: 4 } });
    await first.abandon();
    expect(await first.finish({ status: "ok", value: { cost: 0 } })).toMatchObject({
      result: undefined,
      decision: { code: "internal_error" },
    });
    const refused = await runtime.authorize(call("spend", { amount: 9 }, session));
    expect(refused.runs).toBe(false);
    await refused.abandon();
    expect((await refused.finish({ status: "ok", value: { cost: 0 } })).result).toBeUndefined();
    expect(await spentOf(runtime, session)).toBe(4);
  });

  test("whatever the interleaving, what runs never sums to more than the limit", async () => {
    const policy = policyOf(BUDGET);
    const step = fc.record({
      amount: fc.integer({ min: 0, max: 5 }),
      end: fc.constantFrom("ok", "error", "abandon", "never"),
      cost: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.scheduler(), async (steps, scheduler) => {
        const inner = new MemoryStore();
        const store: StateStore = {
          openSession: (request) => inner.openSession(request),
          closeSession: (session) => inner.closeSession(session),
          read: (owner) => scheduler.schedule(inner.read(owner)),
          write: async (writes, reads) => {
            await scheduler.schedule(Promise.resolve());
            return inner.write(writes, reads);
          },
          spend: (token) => inner.spend(token),
        };
        const runtime = new PolicyRuntime([policy], { store });
        const session = await inner.openSession({
          tenant: "",
          agent: "bot",
          schemas: new Map([["policy", policy.program.stateDigest]]),
        });
        let reserved = 0;
        let worst = 0;
        const all = Promise.all(
          steps.map(async ({ amount, end, cost }) => {
            const asked = await runtime.authorize(call("spend", { amount }, session));
            if (!asked.runs) return;
            reserved += amount;
            worst = Math.max(worst, reserved);
            if (end === "never") return;
            // From here on the store may already count the end; our own sum goes down before it is told.
            const used = end === "abandon" ? 0 : end === "ok" ? Math.min(cost, amount) : amount;
            reserved -= amount - used;
            if (end === "abandon") await asked.abandon();
            else
              await asked.finish(
                end === "ok" ? { status: "ok", value: { cost: used } } : { status: "error" },
              );
          }),
        );
        await scheduler.waitFor(all);
        expect(worst).toBeLessThanOrEqual(10);
      }),
      { numRuns: 60 },
    );
  });
});

describe("labels of calls in flight", () => {
  const GATED = `${TOOLS}
label green set on result t.run when result.status == ok clear on call t.commit per session
label tainted set on call t.read per session
allow free: t.{ run, commit, read }
allow ship: t.deploy when session has green
deny careful: t.deploy when session has tainted`;
  const open = async (): Promise<{ runtime: PolicyRuntime; session: string }> => {
    const runtime = new PolicyRuntime([policyOf(GATED)]);
    return { runtime, session: await runtime.openSession(agent) };
  };
  const decide = async (runtime: PolicyRuntime, session: string): Promise<string> =>
    (await runtime.decide(call("deploy", {}, session))).decision.decision;

  test("what a call may still set grants nothing, and what it sets at its start restricts at once", async () => {
    const { runtime, session } = await open();
    const tests = await runtime.authorize(call("run", {}, session));
    expect(await decide(runtime, session)).toBe("deny");
    await tests.finish({ status: "ok" });
    expect(await decide(runtime, session)).toBe("allow");
    await runtime.authorize(call("read", {}, session));
    expect((await runtime.decide(call("deploy", {}, session))).decision.rules).toEqual(["p.careful"]);
  });

  test("a late result is void after a clear", async () => {
    const { runtime, session } = await open();
    const tests = await runtime.authorize(call("run", {}, session));
    const commit = await runtime.authorize(call("commit", {}, session));
    await commit.finish({ status: "ok" });
    await tests.finish({ status: "ok" });
    expect(await decide(runtime, session)).toBe("deny");
  });

  test("a call that is refused for its form leaves the state readable", async () => {
    const { runtime, session } = await open();
    await (await runtime.authorize(call("run", {}, session))).finish({ status: "ok" });
    const wrong = await runtime.authorize(call("run", { unknown: 1 }, session));
    expect(wrong.decision.code).toBe("invalid_input");
    expect((await runtime.authorize(call("nothing", {}, session))).decision.code).toBe("unknown_action");
    expect(await decide(runtime, session)).toBe("allow");
  });

  test("an unknown, a guessed and a closed session grant nothing", async () => {
    const store = new MemoryStore();
    const runtime = new PolicyRuntime([policyOf(GATED)], { store });
    const session = await runtime.openSession(agent);
    await (await runtime.authorize(call("run", {}, session))).finish({ status: "ok" });
    const code = async (asked: PolicyCall): Promise<string> => (await runtime.decide(asked)).decision.code;
    expect(await code(call("deploy", {}, session))).toBe("matched");
    expect(await code(call("deploy", {}, "s-81"))).toBe("state_unavailable");
    expect(await code(call("deploy"))).toBe("state_unavailable");
    // Another agent, and a session smuggled in among the attributes.
    expect(await code({ ...call("deploy", {}, session), agent: { id: "eve" } })).toBe("state_unavailable");
    expect(await code({ ...call("deploy"), context: { session } })).toBe("state_unavailable");
    await store.closeSession({ tenant: "", agent: "bot", session });
    expect(await code(call("deploy", {}, session))).toBe("state_unavailable");
  });

  test("a sub-agent inherits what restricts and not what grants", async () => {
    const { runtime, session } = await open();
    await (await runtime.authorize(call("run", {}, session))).finish({ status: "ok" });
    const child = { id: "child" };
    const clean = await runtime.openSession(child, { ...agent, session });
    expect((await runtime.decide({ ...call("deploy", {}, clean), agent: child })).decision.code).toBe(
      "default_deny",
    );
    await (await runtime.authorize(call("read", {}, session))).finish({ status: "ok" });
    const tainted = await runtime.openSession(child, { ...agent, session });
    expect((await runtime.decide({ ...call("deploy", {}, tainted), agent: child })).decision.rules).toEqual([
      "p.careful",
    ]);
  });

  test("a renamed label is unreadable to sessions that began before", async () => {
    const { runtime, session } = await open();
    await (await runtime.authorize(call("read", {}, session))).finish({ status: "ok" });
    runtime.swap([policyOf(GATED.replaceAll("tainted", "spoiled"))]);
    expect((await runtime.decide(call("deploy", {}, session))).decision.code).toBe("state_unavailable");
  });
});

test("a store that fails denies", async () => {
  const inner = new MemoryStore();
  const down = (): Promise<never> => Promise.reject(new Error("down"));
  const store: StateStore = {
    openSession: (request) => inner.openSession(request),
    closeSession: down,
    read: down,
    write: down,
    spend: down,
  };
  const runtime = new PolicyRuntime([policyOf(`${TOOLS}\nallow a: t.run`)], { store });
  expect(await runtime.authorize(call("run"))).toMatchObject({
    runs: false,
    decision: { code: "internal_error" },
  });
  expect((await runtime.decide(call("run"))).decision.code).toBe("internal_error");
});

test("time never goes back for the runtime", async () => {
  let now = Date.UTC(2026, 0, 2);
  const LATER = `${TOOLS}\nallow a: t.run\ndeny late: t.run when context.time >= 2026-01-02`;
  const runtime = new PolicyRuntime([policyOf(LATER)], { clock: () => now });
  expect((await runtime.decide(call("run"))).decision.rules).toEqual(["p.late"]);
  now = Date.UTC(2026, 0, 1);
  expect((await runtime.decide(call("run"))).decision.rules).toEqual(["p.late"]);
  // Nor does an attribute of the call reach it.
  const past = { ...call("run"), context: { time: "2020-01-01T00:00:00Z" } };
  expect((await runtime.decide(past)).decision.rules).toEqual(["p.late"]);
});
