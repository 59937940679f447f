// Law 10: what was decided is what runs: defaults explicit, and deaf to what the caller does to the call meanwhile.
import { canonicalJson, type JsonObject, type JsonValue } from "@aegis/runtime/core";
import { PolicyRuntime } from "@aegis/runtime/enforce";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadedText } from "./law-policy.ts";

const POLICY = `package p
tool t { push(branch: git_ref = "main", force: bool = false, opts: { depth: int = 1, note: string? }?, extra: json?) }
allow push: t.push when args.branch != "main" and not args.force
`;
const policy = loadedText("p", POLICY);

const args = fc.record(
  {
    branch: fc.constantFrom("dev", "refs/heads/dev", "main"),
    force: fc.boolean(),
    opts: fc.oneof(
      fc.constant(null),
      fc.record({ depth: fc.nat({ max: 9 }), note: fc.string() }, { requiredKeys: [] }),
    ),
    extra: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<JsonObject>;

describe("an authorized call", () => {
  it("runs as it was decided, whatever the caller changes meanwhile", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        const runtime = new PolicyRuntime([policy], { deploymentKey: "k", clock: () => Date.UTC(2026, 0) });
        const call = (of: JsonObject) => ({ agent: { id: "a" }, tool: "t", action: "push", args: of });
        const mine = structuredClone(given) as Record<string, JsonValue>;
        const waiting = runtime.authorize(call(mine));
        mine["force"] = true;
        mine["branch"] = "main";
        const { runs, args: forwarded, envelope } = await waiting;
        const calm = await new PolicyRuntime([policy], {
          deploymentKey: "k",
          clock: () => Date.UTC(2026, 0),
        }).authorize(call(given));
        expect(runs).toBe(calm.runs);
        expect(canonicalJson(forwarded)).toBe(canonicalJson(calm.args));
        expect(envelope.call_digest).toBe(calm.envelope.call_digest);
        if (!runs) return;
        expect(forwarded).toMatchObject({ branch: given["branch"], force: false });
        // What is forwarded is decided again alike, and has nothing left to be made explicit.
        const again = await runtime.authorize(call(forwarded));
        expect(again.runs).toBe(true);
        expect(canonicalJson(again.args)).toBe(canonicalJson(forwarded));
      }),
      { numRuns: 120 },
    );
  });
});
