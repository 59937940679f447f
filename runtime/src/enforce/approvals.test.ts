// Approvals: distinct people, verified roles, never the requester, in time.
import fc from "fast-check";
import { expect, test } from "vitest";
import { approvalsMet, isoDurationMs, type ApprovalGiven, type ApprovalObligation } from "./approvals.ts";

const ask = (by: ApprovalObligation["by"], within?: string): ApprovalObligation => ({
  type: "approval",
  rule: "p.r",
  by,
  ...(within === undefined ? {} : { within }),
});
const yes = (id: string, roles: string[] = [], at = 0): ApprovalGiven => ({ by: { id, roles }, at });
const met = (asked: ApprovalObligation[], given: ApprovalGiven[]): boolean =>
  approvalsMet(asked, given, new Set(["requester"]), 0, Math.max(0, ...given.map((each) => each.at)));

test("two of a role are two people", () => {
  const two = [ask([{ role: "rm", count: 2 }])];
  expect(met(two, [yes("a", ["rm"]), yes("b", ["rm"])])).toBe(true);
  expect(met(two, [yes("a", ["rm"]), yes("a", ["rm"])])).toBe(false);
  expect(met(two, [yes("a", ["rm"]), yes("requester", ["rm"])])).toBe(false);
});
test("one person with two roles fills only one of them, the one where nobody else can", () => {
  const both = [ask([{ role: "x", count: 1 }]), ask([{ role: "y", count: 1 }])];
  expect(met(both, [yes("a", ["x", "y"])])).toBe(false);
  expect(met(both, [yes("a", ["x", "y"]), yes("b", ["x"])])).toBe(true);
});
test("too late is not met, nor is a duration that nobody can read", () => {
  expect(met([ask([{ count: 1 }], "PT30M")], [yes("a", [], 1_800_001)])).toBe(false);
  expect(met([ask([{ count: 1 }], "PT30M")], [yes("a", [], 1_800_000)])).toBe(true);
  expect(met([ask([{ count: 1 }], "soon")], [yes("a")])).toBe(false);
});
test("durations", () => {
  expect(["PT4H", "P1DT1.5S", "P", "PT", "4h"].map(isoDurationMs)).toEqual([
    14_400_000,
    86_401_500,
    null,
    null,
    null,
  ]);
});
test("more people never meet less", () => {
  const person = fc
    .record({ id: fc.constantFrom("a", "b", "c", "d", "requester"), roles: fc.subarray(["x", "y"]) })
    .map(({ id, roles }) => yes(id, roles));
  const by = fc.record({ role: fc.constantFrom("x", "y"), count: fc.integer({ min: 1, max: 2 }) });
  const obligation = fc.array(by, { maxLength: 2 }).map((each) => ask(each));
  const distinct = fc.uniqueArray(person, { selector: (each) => each.by.id, minLength: 1 });
  fc.assert(
    fc.property(fc.array(obligation, { maxLength: 2 }), distinct, (asked, people) => {
      if (met(asked, people.slice(1))) expect(met(asked, people)).toBe(true);
    }),
  );
});
