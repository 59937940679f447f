// Law of the list phase: what is hidden is denied, whatever the arguments and the state.
import fc from "fast-check";
import { expect, it } from "vitest";
import { engineOf } from "../testing/index.ts";

const ROLES = ["dev", "ops"];
const conditions = [
  'agent.id == "a"',
  'agent.id != "a"',
  "agent.level > 2",
  '"dev" in agent.roles',
  "any r in agent.roles: r == args.to",
  "context.environment == prod",
  '(context.region else "eu") == "eu"',
  "context.time < 2026-06-01",
  "args.n > 3",
  "session has x",
  "origin(args.to) within { prompt }",
];
const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...conditions),
    tie("node").map((of) => `not (${of})`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a}) and (${b})`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a}) or (${b})`),
    fc.tuple(tie("node"), tie("node"), tie("node")).map(([a, b, c]) => `if ${a} then (${b}) else (${c})`),
  ),
})).node;
const policy = fc
  .record({
    allow: condition,
    scope: fc.constantFrom(...conditions.slice(0, 4)),
    deny: condition,
    waive: condition,
  })
  .map(
    ({ allow, scope, deny, waive }) => `package p
      enum Env { dev, prod }
      agent { level: int }
      context { environment: Env, region: string? }
      tool t { x(n: int, to: string)  y(n: int, to: string) }
      label x set on call t.y per session
      allow a: t.x when ${allow}
      policy q for ${scope} { @waivable deny d: t.x when ${deny} }
      exception e: waive p.d when ${waive} until 2027-01-01 granted by "role:s" because "b"`,
  );
const call = fc.record({
  agent: fc.record({
    id: fc.constantFrom("a", "b"),
    level: fc.constantFrom(1, 5),
    roles: fc.subarray(ROLES),
  }),
  context: fc.record(
    {
      environment: fc.constantFrom("dev", "prod"),
      region: fc.constantFrom("eu", "us"),
      time: fc.constantFrom("2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z"),
      session: fc.constant("s"),
    },
    { requiredKeys: ["environment"] },
  ),
  args: fc.record({ n: fc.constantFrom(1, 9), to: fc.constantFrom(...ROLES) }),
  label: fc.constantFrom(true, false, "maybe"),
  origin: fc.constantFrom(undefined, ["prompt"], ["tool"]),
});

it("hides only what is denied", () => {
  let hidden = 0;
  fc.assert(
    fc.property(policy, fc.array(call, { minLength: 8, maxLength: 8 }), (text, calls) => {
      let engine;
      try {
        engine = engineOf(text);
      } catch (error) {
        // Conditions that never hold, or that repeat each other, do not compile.
        expect(String(error)).toMatch(/(policy|type|lint)\//);
        return;
      }
      for (const { agent, context, args, label, origin } of calls) {
        // The rest of the context may come with the call only.
        const { environment } = context;
        if (engine.visible({ agent, context: { environment } }).length > 0) continue;
        hidden++;
        const facts = origin === undefined ? {} : { facts: { "/args/to": { origin } } };
        const state = { labels: { "p.x": label } };
        const { decision, code } = engine.decide({
          agent,
          context,
          tool: "t",
          action: "x",
          args,
          state,
          ...facts,
        });
        expect(decision).toBe("deny");
        expect(code).not.toBe("internal_error");
      }
    }),
    { numRuns: 60 },
  );
  expect(hidden).toBeGreaterThan(0);
});
