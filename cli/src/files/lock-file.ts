// The lock file as loading needs it: which actions wildcards and groups may select.
import { UsageError } from "./usage-error.ts";

/** `tool.action` wire names pinned by aegis.lock. */
export function lockedActionsOf(text: string): ReadonlySet<string> {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    throw new UsageError("aegis.lock is not JSON", "make it anew with `aegisc lock`");
  }
  const actions = typeof lock === "object" && lock !== null && "actions" in lock ? lock.actions : undefined;
  if (!Array.isArray(actions) || !actions.every((each) => typeof each === "string")) {
    throw new UsageError("aegis.lock has no list of actions", "make it anew with `aegisc lock`");
  }
  return new Set(actions);
}
