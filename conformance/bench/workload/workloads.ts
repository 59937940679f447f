// The workloads of a run: sets of rules with the requests that are put to them.
import type { BenchRequest, BenchRule } from "./bench-rule.ts";
import { recordedRequests } from "./recorded.ts";
import { RECORDED_RULES } from "./recorded-rules.ts";
import { fixedRequests, requestsFor } from "./requests.ts";
import { ruleSet } from "./rule-set.ts";

/** `spread`: over all rules. `fixed`: the ten rules' requests whatever the size. `recorded`: calls of real agents. */
export type RequestKind = "spread" | "fixed" | "recorded";

export interface Workload {
  readonly id: string;
  readonly kind: RequestKind;
  readonly rules: readonly BenchRule[];
  readonly requests: readonly BenchRequest[];
}

const REQUESTS = 1_000;

export function generatedWorkload(kind: "spread" | "fixed", size: number): Workload {
  const rules = ruleSet(size);
  const requests = kind === "fixed" ? fixedRequests(REQUESTS) : requestsFor(rules, REQUESTS);
  return { id: `${kind}-${String(size)}`, kind, rules, requests };
}

/** Null where the recordings are not at hand. */
export function recordedWorkload(): Workload | null {
  const requests = recordedRequests(REQUESTS);
  return requests === null ? null : { id: "recorded", kind: "recorded", rules: RECORDED_RULES, requests };
}
