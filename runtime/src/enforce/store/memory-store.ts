// State in this process's memory: gone when it ends. For tests, examples and single-process hosts.
import { emptyState, type IrScope } from "../../core/index.ts";
import { inheritSession } from "./partition-state.ts";
import type {
  Partition,
  Partitions,
  PartitionVersion,
  PartitionWrite,
  SessionRequest,
  StateOwner,
  StateStore,
} from "./state-store.ts";

export class MemoryStore implements StateStore {
  readonly #partitions = new Map<string, Partition>();
  readonly #spent = new Set<string>();

  openSession({ tenant, agent, schemas, parent }: SessionRequest): Promise<string> {
    const session = crypto.randomUUID();
    for (const [lineage, schema] of schemas) {
      const owner = { lineage, tenant, agent, session };
      for (const scope of ["agent", "tenant"] as const) {
        const key = keyOf(owner, scope);
        if (!this.#partitions.has(key)) this.#partitions.set(key, { version: 1, state: emptyState(schema) });
      }
      const state =
        parent === undefined
          ? emptyState(schema)
          : inheritSession(schema, this.#partitions.get(keyOf({ lineage, ...parent }, "session"))?.state);
      this.#partitions.set(keyOf(owner, "session"), { version: 1, state });
    }
    return Promise.resolve(session);
  }

  closeSession(closed: {
    readonly tenant: string;
    readonly agent: string;
    readonly session: string;
  }): Promise<void> {
    const suffix = JSON.stringify([closed.tenant, closed.agent, closed.session]);
    for (const key of this.#partitions.keys()) if (key.endsWith(suffix)) this.#partitions.delete(key);
    return Promise.resolve();
  }

  read(owner: StateOwner): Promise<Partitions> {
    const get = (scope: IrScope): Partition | undefined => this.#partitions.get(keyOf(owner, scope));
    const session = owner.session === null ? undefined : get("session");
    return Promise.resolve({ session, agent: get("agent"), tenant: get("tenant") });
  }

  write(writes: readonly PartitionWrite[], reads: readonly PartitionVersion[]): Promise<boolean> {
    const versionOf = (owner: StateOwner, scope: IrScope): number | undefined =>
      this.#partitions.get(keyOf(owner, scope))?.version;
    const holds =
      reads.every((each) => versionOf(each.owner, each.scope) === each.version) &&
      writes.every((each) => versionOf(each.owner, each.scope) === each.expected);
    if (holds) {
      for (const { owner, scope, expected, state } of writes) {
        this.#partitions.set(keyOf(owner, scope), { version: expected + 1, state });
      }
    }
    return Promise.resolve(holds);
  }

  spend(token: string): Promise<boolean> {
    const first = !this.#spent.has(token);
    this.#spent.add(token);
    return Promise.resolve(first);
  }
}

/** Lineage and scope, then the owner as far as the scope goes. */
function keyOf(owner: StateOwner, scope: IrScope): string {
  const parts = {
    tenant: [owner.tenant],
    agent: [owner.tenant, owner.agent],
    session: [owner.tenant, owner.agent, owner.session],
  };
  return `${JSON.stringify([owner.lineage, scope])}${JSON.stringify(parts[scope])}`;
}
