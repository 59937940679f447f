// Enforcement: bundles, state, redaction, approvals, and the runtime that puts them around an engine.
export * from "./bundle/index.ts";
export { approvalsMet, requestersOf } from "./approvals.ts";
export type { ApprovalGiven, ApprovalObligation, Approver } from "./approvals.ts";
export { loadPolicy, MemorySerials } from "./load-policy.ts";
export type { LoadPolicyOptions, LoadPolicyResult, SerialMemory } from "./load-policy.ts";
export { loadedPolicy } from "./loaded-policy.ts";
export type { LoadedPolicy, PolicyParts } from "./loaded-policy.ts";
export type { DecisionRecord, DecisionSink, Envelope, Mode, PolicyCall } from "./policy-call.ts";
export type { CallResult } from "./evaluate-call.ts";
export { PolicyRuntime } from "./policy-runtime.ts";
export type {
  Approvals,
  Authorization,
  Outcome,
  PolicyRuntimeOptions,
  ResultOutcome,
} from "./policy-runtime.ts";
export { redact } from "./redaction/redact.ts";
export type {
  RedactableDocument,
  RedactionContext,
  RedactionResult,
  RedactObligation,
} from "./redaction/redaction-context.ts";
export { MemoryStore } from "./store/memory-store.ts";
export type {
  Partition,
  Partitions,
  PartitionVersion,
  PartitionWrite,
  SessionRequest,
  StateOwner,
  StateStore,
} from "./store/state-store.ts";
export { ENFORCEMENT_CODES, refusal, strictest } from "./verdict.ts";
export { evaluateCall } from "./evaluate-call.ts";
export type { Evaluation, EvaluationSettings } from "./evaluate-call.ts";
export type { PolicyState } from "./policy-state.ts";
