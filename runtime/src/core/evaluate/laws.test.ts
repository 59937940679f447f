// Laws of decisions on random policies and requests: what more rules, exceptions and shadows may change.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecisionDocument } from "../decision/decision.ts";
import type { IrExpression, IrProgram } from "../ir/ir.ts";
import type { RuleSketch } from "../testing/build-program.ts";
import {
  action,
  and,
  arg,
  buildProgram,
  compare,
  constant,
  field,
  not,
  or,
  orElse,
  present,
  read,
  text,
  yes,
} from "../testing/build-program.ts";
import { createEveryEngine } from "../testing/every-engine.ts";
import { testPlatform } from "../testing/test-platform.ts";
import { BOOL, STRING, TIME, listOf, optional } from "../types/type.ts";
import { decodeIrText } from "../ir/decode/decode-ir.ts";
import { encodeIr } from "../ir/encode-ir.ts";

const DATE = Date.UTC(2030, 0);

/** Conditions whose labels are read by the polarity of a rule that restricts or grants. */
const condition = (restricts: boolean): fc.Arbitrary<IrExpression> => {
  const label = (maybe: boolean): IrExpression => ({ kind: "label", cell: 0, key: [], maybe });
  const { node } = fc.letrec<{ node: IrExpression }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        yes,
        compare("eq", arg("branch"), text("main")),
        present(arg("note", optional(STRING))),
        arg("force", BOOL),
        label(restricts),
        compare(
          "ge",
          orElse(read("context", optional(TIME), "time"), constant(TIME, 0)),
          constant(TIME, DATE),
        ),
        {
          kind: "member",
          item: text("tool"),
          of: { kind: "fact", name: "origin", path: "/args/branch", type: listOf(STRING) },
        } satisfies IrExpression,
      ),
      fc.tuple(tie("node"), tie("node")).map(([left, right]) => and(left, right)),
      fc.tuple(tie("node"), tie("node")).map(([left, right]) => or(left, right)),
      fc.constantFrom(compare("eq", arg("branch"), text("main")), arg("force", BOOL)).map(not),
    ),
  }));
  return node;
};
const shadow = fc.constantFrom<RuleSketch["shadow"][]>(undefined, undefined, undefined, {}, { until: DATE });
const withShadow = (rule: RuleSketch, given: RuleSketch["shadow"]): RuleSketch =>
  given === undefined ? rule : { ...rule, shadow: given };

const allow: fc.Arbitrary<Omit<RuleSketch, "id">> = fc
  .tuple(condition(false), condition(false))
  .map(([scope, when]) => ({ effect: "allow", on: [0], scope, when }));
const restriction: fc.Arbitrary<Omit<RuleSketch, "id">> = fc
  .tuple(fc.constantFrom("deny", "approval", "sanitize"), condition(true), condition(true))
  .map(([effect, scope, when]) => ({
    effect,
    on: [0],
    scope,
    when,
    ...(effect === "approval" ? { approval: { by: [], via: [], within: null } } : {}),
    redactions: effect === "sanitize" ? [{ path: "/args/note", matching: null, with: { kind: "mask" } }] : [],
  }));
const rules = fc
  .array(fc.tuple(fc.oneof(allow, restriction), shadow), { maxLength: 6 })
  .map((all) => all.map(([rule, given], at) => withShadow({ ...rule, id: `p.r${at}` }, given)));

const request = fc
  .record({
    branch: fc.constantFrom("main", "dev"),
    note: fc.constantFrom(undefined, "n"),
    force: fc.boolean(),
    time: fc.constantFrom(undefined, "2029-06-01T00:00:00Z", "2031-01-01T00:00:00Z"),
    label: fc.constantFrom<unknown>(undefined, true, false, "maybe", 1),
    origin: fc.constantFrom<unknown>(undefined, ["tool"], ["prompt"], 1),
  })
  .map(({ branch, note, force, time, label, origin }) => ({
    agent: { id: "a" },
    tool: "git",
    action: "push",
    args: { branch, force, ...(note === undefined ? {} : { note }) },
    context: time === undefined ? {} : { time },
    state: { labels: label === undefined ? {} : { "p.seen": label } },
    facts: origin === undefined ? {} : { "/args/branch": { origin } },
  }));

function program(all: readonly RuleSketch[]): IrProgram {
  return buildProgram({
    actions: [
      action("git", "push", [field("branch", STRING), field("force", BOOL), field("note", optional(STRING))]),
    ],
    facts: [{ name: "origin", type: listOf(STRING) }],
    labels: [{ id: "p.seen", scope: "agent", key: [], max: 1, transitions: [] }],
    rules: all,
  });
}
const decide = (all: readonly RuleSketch[], document: unknown): DecisionDocument =>
  createEveryEngine(program(all), testPlatform).decide(document);

const STRICTNESS = ["allow", "sanitize", "approval_needed", "deny"];
const strictness = ({ decision }: { readonly decision: string }): number => STRICTNESS.indexOf(decision);

describe("laws", () => {
  it("programs of the generator pass the decoder", () => {
    fc.assert(
      fc.property(rules, (all) => {
        expect(decodeIrText(encodeIr(program(all)), testPlatform)).toMatchObject({ ok: true });
      }),
      { numRuns: 50 },
    );
  });

  it("one more restriction never loosens", () => {
    fc.assert(
      fc.property(rules, restriction, shadow, request, (all, more, given, document) => {
        const before = decide(all, document);
        const after = decide([...all, withShadow({ ...more, id: "p.more" }, given)], document);
        expect(strictness(after)).toBeGreaterThanOrEqual(strictness(before));
      }),
      { numRuns: 200 },
    );
  });

  it("one more allow never tightens", () => {
    fc.assert(
      fc.property(rules, allow, request, (all, more, document) => {
        const before = decide(all, document);
        const after = decide([...all, { ...more, id: "p.more" }], document);
        expect(strictness(after)).toBeLessThanOrEqual(strictness(before));
      }),
      { numRuns: 200 },
    );
  });

  it("the order of rules never matters", () => {
    fc.assert(
      fc.property(rules, request, fc.infiniteStream(fc.nat()), (all, document, random) => {
        const shuffled = all
          .map((rule) => ({ rule, key: random.next().value as number }))
          .sort((left, right) => left.key - right.key)
          .map(({ rule }) => rule);
        expect(decide(shuffled, document)).toEqual(decide(all, document));
      }),
      { numRuns: 200 },
    );
  });

  it("an exception is at most as if its rule were not there, and at least as if it were", () => {
    fc.assert(
      fc.property(rules, restriction, condition(false), request, (all, rule, when, document) => {
        const waived = { ...rule, id: "p.x", waivers: [{ id: "p.SEC", until: DATE, when }] };
        const decision = decide([...all, waived], document);
        const without = decide(all, document);
        const enforced = decide([...all, { ...rule, id: "p.x" }], document);
        const verdict = ({ decision, code, rules, obligations }: DecisionDocument) => ({
          decision,
          code,
          rules,
          obligations,
        });
        const held = decision.waived !== undefined;
        expect(verdict(decision)).toEqual(verdict(held ? without : enforced));
        if (document.context.time === undefined) expect(held).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("only an allow grants, and what is uncertain only tightens", () => {
    fc.assert(
      fc.property(rules, request, (all, document) => {
        const certain = (label: unknown) =>
          decide(all, { ...document, state: { labels: { "p.seen": label } } });
        const maybe = strictness(certain("maybe"));
        expect(maybe).toBeGreaterThanOrEqual(Math.max(strictness(certain(true)), strictness(certain(false))));
        const onlyRestrictions = all.filter(({ effect }) => effect !== "allow");
        expect(decide(onlyRestrictions, document).decision).toBe("deny");
      }),
      { numRuns: 150 },
    );
  });

  it("a shadow verdict is what enforcing the shadow rules would decide", () => {
    fc.assert(
      fc.property(rules, request, (all, document) => {
        const { shadow: watched, ...decision } = decide(all, document);
        const enforced = decide(
          all.map(({ shadow: _, ...rule }) => rule),
          document,
        );
        expect((watched ?? decision).decision).toBe(enforced.decision);
        expect((watched ?? decision).obligations).toEqual(enforced.obligations);
      }),
      { numRuns: 150 },
    );
  });
});
