// The state that a call reads and writes: partitions of every loaded policy, joined for the fold and split again.
import { viewState, type EventDocument, type State, type StateSnapshot } from "../core/index.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import { joinPartitions, partOfState, scopesOfCells } from "./store/partition-state.ts";
import type {
  PartitionVersion,
  PartitionWrite,
  Partitions,
  StateOwner,
  StateStore,
} from "./store/state-store.ts";

/** State of one policy at one moment; null when it cannot be read. */
export interface PolicyState {
  readonly policy: LoadedPolicy;
  readonly owner: StateOwner;
  readonly partitions: Partitions;
  readonly state: State | null;
}

export async function readStates(
  store: StateStore,
  policies: readonly LoadedPolicy[],
  owner: Omit<StateOwner, "lineage">,
): Promise<PolicyState[]> {
  return Promise.all(
    policies.map(async (policy) => {
      const own = { ...owner, lineage: policy.lineage };
      const partitions = await store.read(own);
      return { policy, owner: own, partitions, state: joinPartitions(policy.program, partitions) };
    }),
  );
}

/** `time` in ms. What cannot be read is left out, and so is unreadable to every rule that names it. */
export function snapshotOf({ policy, state }: PolicyState, time: number): StateSnapshot {
  if (state !== null) return viewState(policy.program, state, time);
  return { schema: policy.program.stateDigest, labels: {}, counters: {} };
}

/** An event of a call; its number is given when it is folded. */
export type CallEvent = Omit<EventDocument, "seq">;

/**
 * What must be written for events, one after the other, and which versions the decision relied on. An event that a policy
 * cannot read makes its state unreadable if it is `binding`, else it is passed over.
 */
export function advanceStates(
  states: readonly PolicyState[],
  events: readonly CallEvent[],
  binding: boolean,
): { readonly writes: PartitionWrite[]; readonly reads: PartitionVersion[] } {
  const writes: PartitionWrite[] = [];
  const reads: PartitionVersion[] = [];
  for (const { policy, owner, partitions, state } of states) {
    if (state === null) continue;
    const next = events.reduce(
      (before, event) => policy.machine.advance(before, { ...event, seq: before.seq + 1 }),
      state,
    );
    if (next.broken && !binding) continue;
    const scopes = scopesOfCells(policy.program);
    for (const scope of new Set(scopes.values())) {
      const before = partitions[scope];
      if (before === undefined) continue;
      const part = partOfState(next, scope, scopes);
      if (sameState(before.state, part)) reads.push({ owner, scope, version: before.version });
      else writes.push({ owner, scope, expected: before.version, state: part });
    }
  }
  return { writes, reads };
}

/** Whether two states say the same, the number of the last event aside. */
const sameState = (a: State, b: State): boolean =>
  JSON.stringify({ ...a, seq: 0 }) === JSON.stringify({ ...b, seq: 0 });
