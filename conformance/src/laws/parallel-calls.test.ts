// Law 9: for every interleaving of parallel calls, no decision is looser than in some serial order by start time.
import { PolicyRuntime } from "@aegis/runtime/enforce";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadedText } from "./law-policy.ts";

const POLICY = `package p
tool t { pay(amount: int) taint() send() }
label tainted set on call t.taint per session
limit spend: t.pay to 10 sum args.amount per session
allow all: t.*
deny leak: t.send when session has tainted
`;
const policy = loadedText("p", POLICY);
const CLOCK = (): number => Date.UTC(2026, 0);

const step = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((amount) => ({ action: "pay", args: { amount } })),
  fc.constantFrom({ action: "taint", args: {} }, { action: "send", args: {} }),
);

describe("parallel calls", () => {
  it("never spend more than the limit, nor send after a taint has begun", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 7 }),
        fc.array(fc.nat({ max: 6 }), { maxLength: 7 }),
        async (steps, finishing) => {
          const runtime = new PolicyRuntime([policy], { clock: CLOCK });
          const session = await runtime.openSession({ id: "a" });
          let tainting = false;
          const begin = async (at: number) => {
            const chosen = steps[at] ?? { action: "send", args: {} };
            const before = tainting;
            const authorization = await runtime.authorize({
              agent: { id: "a" },
              tool: "t",
              session,
              ...chosen,
            });
            if (chosen.action === "taint" && authorization.runs) tainting = true;
            return { ...chosen, ...authorization, before };
          };
          // All begin at once; the store's waiting lets them interleave, and results come in any order.
          const begun = await Promise.all(steps.map((_, at) => begin(at)));
          for (const at of finishing) await begun[at]?.finish({ status: "ok", value: null });
          const spent = begun
            .filter(({ runs, action }) => runs && action === "pay")
            .reduce((sum, { args }) => sum + Number(args["amount"]), 0);
          expect(spent).toBeLessThanOrEqual(10);
          for (const { action, runs, before } of begun) {
            if (action === "send" && before) expect(runs).toBe(false);
          }
          // Afterwards the state is that of one after the other.
          if (tainting) {
            const late = await runtime.authorize({
              agent: { id: "a" },
              tool: "t",
              action: "send",
              args: {},
              session,
            });
            expect(late.runs).toBe(false);
          }
          const rest = await runtime.decide({
            agent: { id: "a" },
            tool: "t",
            action: "pay",
            args: { amount: 10 - spent + 1 },
            session,
          });
          expect(rest.decision.decision).toBe("deny");
        },
      ),
      { numRuns: 80 },
    );
  });

  it("grant as many as one after the other would, where they do not conflict", async () => {
    const runtime = new PolicyRuntime([policy], { clock: CLOCK });
    const session = await runtime.openSession({ id: "a" });
    const call = { agent: { id: "a" }, tool: "t", action: "pay", args: { amount: 4 }, session };
    const both = await Promise.all([
      runtime.authorize(call),
      runtime.authorize(call),
      runtime.authorize(call),
    ]);
    expect(both.filter(({ runs }) => runs)).toHaveLength(2);
  });
});
