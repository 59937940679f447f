// The lock file and drift of manifests.
export { drift } from "./drift.ts";
export type { DriftFinding } from "./drift.ts";
export { LOCK_VERSION, writeLock } from "./lock-file.ts";
export type { LockFile } from "./lock-file.ts";
export { compareLocks, makeLock } from "./make-lock.ts";
export type { LockDifference } from "./make-lock.ts";
export { policyUsage } from "./policy-usage.ts";
export type { PolicyUsage, RuleUse } from "./policy-usage.ts";
export { lockedActions, readLock } from "./read-lock.ts";
export type { LockResult } from "./read-lock.ts";
