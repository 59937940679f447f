// The lock of a project as it stands on disk, and as it would be made now.
import {
  analyse,
  compareLocks,
  makeLock,
  readLock,
  writeLock,
  type LockDifference,
  type LockFile,
} from "@aegis/compiler";
import { LOCK_FILE_NAME } from "./files/load-project.ts";
import { UsageError } from "./files/usage-error.ts";
import type { AnalysedProject } from "./policy-options.ts";

export interface LockState {
  /** Null where there is no aegis.lock. */
  readonly old: LockFile | null;
  readonly now: LockFile;
  /** Text of the lock as it would be written now. */
  readonly text: string;
  /** What locking anew would change. */
  readonly differences: readonly LockDifference[];
}

/** Everything that is declared now, whatever the lock says. Throws `UsageError` for a lock that cannot be read. */
export function lockStateOf({ loaded, analysis }: AnalysedProject): LockState {
  const { resolved } =
    loaded.lockText === null ? analysis : analyse(loaded.sources, { ...loaded.inputs, lockedActions: null });
  const now = makeLock(resolved);
  const empty: LockFile = { version: now.version, manifests: new Map(), actions: [], selections: new Map() };
  const read = loaded.lockText === null ? null : readLock(loaded.lockText);
  if (read !== null && !read.ok)
    throw new UsageError(
      `${LOCK_FILE_NAME}: ${read.reason}`,
      "look at what changed it, or remove it and run `aegisc lock`",
    );
  const old = read === null ? null : read.lock;
  return { old, now, text: writeLock(now), differences: compareLocks(old ?? empty, now) };
}

/**
 * A line for people when the lock of the whole project is missing or stale; null when it is up to date, when nothing
 * would be pinned, and outside a project. Throws `UsageError` for a lock that cannot be read.
 */
export function lockNotice(project: AnalysedProject, paths: readonly string[]): string | null {
  if (project.loaded.file === null || paths.length > 0 || !project.analysis.ok) return null;
  const { old, now, differences } = lockStateOf(project);
  if (old !== null)
    return differences.length === 0
      ? null
      : `${LOCK_FILE_NAME} is not up to date: \`aegisc lock --check\` shows the differences`;
  return now.manifests.size + now.selections.size === 0
    ? null
    : `there is no ${LOCK_FILE_NAME}: manifests, wildcards and groups mean what is declared now; \`aegisc lock\` pins them`;
}
