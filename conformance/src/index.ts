// Public surface of this package.
export { coveragePercent } from "./tests/test-report.ts";
export type {
  Coverage,
  FileCoverage,
  RuleCoverage,
  TestCase,
  TestFailure,
  TestReport,
  TestSuite,
} from "./tests/test-report.ts";
export { runPolicyTests } from "./tests/run-policy-tests.ts";
export type { TestOptions } from "./tests/run-policy-tests.ts";
export { explain } from "./explain/explain.ts";
export type {
  ExplainedCondition,
  ExplainedRule,
  Explanation,
  InvalidPlace,
  NearestAllow,
} from "./explain/explanation.ts";
export { engines } from "./engines/engine-registry.ts";
export type { ConformanceEngine, EngineResources, LoadedEngine } from "./engines/engine.ts";
export { conformPolicy } from "./harness/conform-policy.ts";
export type { ConformOptions, ConformReport } from "./harness/conform-policy.ts";
export { benchPolicy } from "./policy-bench/bench-policy.ts";
export type { PolicyBenchOptions } from "./policy-bench/bench-policy.ts";
export { BENCHED_ENGINES } from "./policy-bench/bench-engines.ts";
export { generatedRequests, requestsOfTests } from "./policy-bench/bench-requests.ts";
export type {
  EngineTimes,
  PolicyBenchReport,
  RuleCost,
  RulesLookedAt,
  Times,
} from "./policy-bench/policy-bench-report.ts";
