// Law 7: an obligation that the enforcement point does not know, or cannot carry out, is a deny.
import type { DecisionDocument, Engine, Obligation } from "@aegis/runtime/core";
import { PolicyRuntime } from "@aegis/runtime/enforce";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadedText } from "./law-policy.ts";

const POLICY = `package p
tool t { act(s: string) }
allow act: t.act
require approval ask: t.act when args.s == "ask"
`;
const call = (s: string) => ({ agent: { id: "a" }, tool: "t", action: "act", args: { s } });

const adding =
  (obligation: object) =>
  (engine: Engine): Engine => ({
    ...engine,
    decide(request, observer): DecisionDocument {
      const document = engine.decide(request, observer);
      return { ...document, obligations: [...document.obligations, obligation as Obligation] };
    },
  });

describe("obligations", () => {
  it("of a type that nobody knows deny", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom("Redact", "redact ", "__proto__", "constructor", "toString")),
        async (type) => {
          fc.pre(!["redact", "reserve", "approval"].includes(type));
          const policy = loadedText("p", POLICY, adding({ type, rule: "p.act" }));
          const { runs, decision } = await new PolicyRuntime([policy], { approvals: true }).authorize(
            call("x"),
          );
          expect(runs).toBe(false);
          expect(decision).toMatchObject({ decision: "deny", code: "obligation_unknown" });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("to redact in a way that nobody knows deny", async () => {
    const redact = { type: "redact", rule: "p.act", path: "/args/s", with: "blur" };
    const policy = loadedText("p", POLICY, adding(redact));
    const { runs, decision } = await new PolicyRuntime([policy]).authorize(call("x"));
    expect(runs).toBe(false);
    expect(decision.decision).toBe("deny");
  });

  it("to ask people deny where nobody can be asked", async () => {
    const policy = loadedText("p", POLICY);
    const { runs, decision } = await new PolicyRuntime([policy]).authorize(call("ask"));
    expect(runs).toBe(false);
    expect(decision.decision).toBe("deny");
  });
});
