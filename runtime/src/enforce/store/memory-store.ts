// State in this process's memory: gone when it ends. For tests, examples and single-process hosts.
import { emptyState, type IrScope } from "../../core/index.ts";
import { inheritSession } from "./partition-state.ts";
import type { Partition, Partitions, PartitionWrite, StateOwner, StateStore } from "./state-store.ts";

export class MemoryStore implements StateStore {
  readonly #partitions = new Map<string, Partition>();

  async openSession(
    owner: Omit<StateOwner, "session">,
    schema: string,
    inherit?: StateOwner,
  ): Promise<string> {
    const session = crypto.randomUUID();
    for (const scope of ["agent", "tenant"] as const) {
      const key = keyOf({ ...owner, session }, scope);
      if (!this.#partitions.has(key)) this.#partitions.set(key, { version: 1, state: emptyState(schema) });
    }
    const parent = inherit === undefined ? undefined : this.#partitions.get(keyOf(inherit, "session"));
    const state = inherit === undefined ? emptyState(schema) : inheritSession(schema, parent?.state);
    this.#partitions.set(keyOf({ ...owner, session }, "session"), { version: 1, state });
    return Promise.resolve(session);
  }

  async closeSession(owner: StateOwner): Promise<void> {
    this.#partitions.delete(keyOf(owner, "session"));
    return Promise.resolve();
  }

  async read(owner: StateOwner): Promise<Partitions> {
    const get = (scope: IrScope): Partition | undefined => this.#partitions.get(keyOf(owner, scope));
    return Promise.resolve({
      session: owner.session === null ? undefined : get("session"),
      agent: get("agent"),
      tenant: get("tenant"),
    });
  }

  async write(
    owner: StateOwner,
    writes: readonly PartitionWrite[],
    reads: readonly { readonly scope: IrScope; readonly version: number }[],
  ): Promise<boolean> {
    const current = (scope: IrScope): number | undefined =>
      this.#partitions.get(keyOf(owner, scope))?.version;
    const holds =
      reads.every((each) => current(each.scope) === each.version) &&
      writes.every((each) => current(each.scope) === each.expected);
    if (holds) {
      for (const { scope, expected, state } of writes)
        this.#partitions.set(keyOf(owner, scope), { version: expected + 1, state });
    }
    return Promise.resolve(holds);
  }
}

const keyOf = (owner: StateOwner, scope: IrScope): string =>
  JSON.stringify(
    scope === "tenant"
      ? [owner.tenant]
      : scope === "agent"
        ? [owner.tenant, owner.agent]
        : [owner.tenant, owner.agent, owner.session],
  );
