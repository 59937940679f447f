// The workload is what it says, and the two hand-written limits and Aegis agree on it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { expect, it } from "vitest";
import { compileText } from "../../../compiler/src/testing/index.ts";
import { handWrittenIfElse } from "../engines/limits/hand-written-if-else.ts";
import { handWritten } from "../engines/limits/hand-written.ts";
import { BENCH_ENGINES } from "../engine-registry.ts";
import type { BenchRequest, BenchRule } from "./bench-rule.ts";
import { recordedRequests } from "./recorded.ts";
import { RECORDED_RULES } from "./recorded-rules.ts";
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

const agreed = (rules: readonly BenchRule[], requests: readonly BenchRequest[]): Set<string> => {
  const engine = aegisEngine(rules);
  const byHand = handWritten(rules);
  const decisions = new Set<string>();
  for (const request of requests) {
    const found = engine.decide(request);
    decisions.add(found.decision);
    expect({ decision: found.decision, rules: found.rules.map((id) => id.replace("bench.", "")) }).toEqual(
      winning(rules, byHand(request)),
    );
  }
  return decisions;
};

it.each([10, 100])("has the same answers by Aegis, %i rules", (size) => {
  const rules = ruleSet(size);
  agreed(rules, requestsFor(rules, 300));
});

const recorded = recordedRequests(400);
it.skipIf(recorded === null)(
  "has the same answers for recorded calls, each kind among them (skipped without AEGIS_DATA)",
  () => {
    expect(recorded).toHaveLength(400);
    expect([...agreed(RECORDED_RULES, recorded ?? [])].sort()).toEqual(["allow", "approval_needed", "deny"]);
  },
);

it("knows a module for each engine", () => {
  for (const { module, build } of BENCH_ENGINES)
    for (const file of [module, build]) {
      if (file !== undefined) expect(existsSync(join(import.meta.dirname, "..", file)), file).toBe(true);
    }
  expect(new Set(BENCH_ENGINES.map(({ id }) => id)).size).toBe(BENCH_ENGINES.length);
});
