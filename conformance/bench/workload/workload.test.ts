// The workload is what it says, and the two hand-written limits and Aegis agree on it.
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { expect, it } from "vitest";
import { compileText } from "../../../compiler/src/testing/index.ts";
import { handWrittenIfElse } from "../engines/limits/hand-written-if-else.ts";
import { handWritten } from "../engines/limits/hand-written.ts";
import type { BenchRule } from "./bench-rule.ts";
import { fixedRequests, requestsFor } from "./requests.ts";
import { ruleSet } from "./rule-set.ts";
import { toAegis } from "./to-aegis.ts";
import { winning } from "./winning.ts";

const aegisEngine = (rules: readonly BenchRule[]) =>
  createInterpreter(compileText(toAegis(rules)).ir, platform);

it("has sets that begin alike and requests of about 485 bytes", () => {
  expect(ruleSet(100).slice(0, 10)).toEqual(ruleSet(10));
  expect(new Set(ruleSet(1000).map(({ id }) => id)).size).toBe(1000);
  const sizes = fixedRequests(200).map((request) => JSON.stringify(request).length);
  expect(Math.min(...sizes)).toBeGreaterThan(400);
  expect(Math.max(...sizes)).toBeLessThan(520);
});

it("has the same answers by if and else as by the index", () => {
  const indexed = handWritten(ruleSet(10));
  const decisions = new Set<string>();
  for (const request of fixedRequests(2000)) {
    const { decision, rules } = indexed(request);
    decisions.add(decision);
    expect(handWrittenIfElse(request)).toEqual({ decision, rules });
  }
  expect([...decisions].sort()).toEqual(["allow", "approval_needed", "deny"]);
});

it.each([10, 100])("has the same answers by Aegis, %i rules", (size) => {
  const rules = ruleSet(size);
  const engine = aegisEngine(rules);
  const byHand = handWritten(rules);
  for (const request of requestsFor(rules, 300)) {
    const found = engine.decide(request);
    expect({ decision: found.decision, rules: found.rules.map((id) => id.replace("bench.", "")) }).toEqual(
      winning(rules, byHand(request)),
    );
  }
});
