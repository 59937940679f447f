// Law 5: one more bundle never loosens.
import type { DecisionDocument } from "@aegis/runtime/core";
import { PolicyRuntime, type LoadedPolicy, type PolicyCall } from "@aegis/runtime/enforce";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadedText } from "./law-policy.ts";

const TOOLS = 'tool t { act(n: int, s: string = "x") other() }\n';
const RULES = [
  "allow all: t.*",
  "allow small: t.act when args.n < 3",
  "deny large: t.act when args.n > 4",
  "deny other: t.other",
  "require approval odd: t.act when args.n % 2 == 1",
  'sanitize text: t.act when args.s != "" redact args.s with mask',
  "limit few: t.act to 2 per session",
];
const STRICTNESS = ["allow", "sanitize", "approval_needed", "deny"];
const strictness = ({ decision }: DecisionDocument): number => STRICTNESS.indexOf(decision);

const known = new Map<string, LoadedPolicy>();
/** One allow at least, or there is nothing to lose; the checker refuses rules that repeat `all`. */
const policy = (lineage: string) =>
  fc
    .record({ allow: fc.constantFrom(0, 1), others: fc.subarray([2, 3, 4, 5, 6]) })
    .map(({ allow, others }) => {
      const chosen = [allow, ...others.filter((each) => allow === 0 || each !== 3)];
      const key = `${lineage} ${chosen.join()}`;
      const made =
        known.get(key) ??
        loadedText(lineage, `package ${lineage}\n${TOOLS}${chosen.map((at) => RULES[at] ?? "").join("\n")}`);
      known.set(key, made);
      return made;
    });
const calls = fc.array(
  fc.record({
    agent: fc.constant({ id: "a" }),
    tool: fc.constant("t"),
    action: fc.constantFrom("act", "act", "act", "other", "nothing"),
    args: fc.oneof(
      { weight: 4, arbitrary: fc.record({ n: fc.integer({ min: 0, max: 6 }), s: fc.constantFrom("", "y") }) },
      fc.constant({}),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

async function run(
  policies: readonly LoadedPolicy[],
  given: readonly PolicyCall[],
): Promise<DecisionDocument[]> {
  const runtime = new PolicyRuntime(policies, {
    approvals: true,
    clock: () => Date.UTC(2026, 0),
    deploymentKey: "k",
  });
  const session = await runtime.openSession({ id: "a" });
  const decisions: DecisionDocument[] = [];
  for (const call of given) decisions.push((await runtime.decide({ ...call, session })).decision);
  return decisions;
}

describe("bundles loaded together", () => {
  it("one more never loosens", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(policy("one"), policy("two"), calls, async (one, two, given) => {
        const alone = await run([one], given);
        const both = await run([one, two], given);
        const turned = await run([two, one], given);
        both.forEach((document, at) => {
          const before = alone[at];
          expect(before !== undefined && strictness(document) >= strictness(before)).toBe(true);
          expect(turned[at]?.decision).toBe(document.decision);
        });
      }),
      { numRuns: 60 },
    );
  });
});
