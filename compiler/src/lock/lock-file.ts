// The lock file: what wildcards, groups and manifests meant when somebody last looked.

export const LOCK_VERSION = 1;

export interface LockFile {
  readonly version: typeof LOCK_VERSION;
  /** Digests of the manifests' texts (`sha256:…`), by path as written, relative to the project. */
  readonly manifests: ReadonlyMap<string, string>;
  /** Every declared action, as `tool.action` wire names, sorted: wildcards and groups select among these only. */
  readonly actions: readonly string[];
  /** What groups and rules with a wildcard or a group select, by `package.name`; for people who review the file. */
  readonly selections: ReadonlyMap<string, readonly string[]>;
}

/** The text of a lock file: sorted, a line an entry, the same for the same program. */
export function writeLock(lock: LockFile): string {
  return `${JSON.stringify(
    {
      version: lock.version,
      manifests: Object.fromEntries(lock.manifests),
      actions: lock.actions,
      selections: Object.fromEntries(lock.selections),
    },
    null,
    2,
  )}\n`;
}
