// The interface of a state store: versioned partitions, written all or nothing by compare-and-swap.
import type { IrScope, State } from "../../core/index.ts";

/** Whose state: a session belongs to an agent, an agent to a tenant (empty text without one). */
export interface StateOwner {
  readonly tenant: string;
  readonly agent: string;
  /** Issued by the store; null for a call outside any session. */
  readonly session: string | null;
}

/** The state of one scope, and the version that a write must name. */
export interface Partition {
  readonly version: number;
  readonly state: State;
}

/** Undefined: the store does not know it (never made, evicted, or of another epoch): its cells are unreadable. */
export type Partitions = { readonly [Scope in IrScope]: Partition | undefined };

export interface PartitionWrite {
  readonly scope: IrScope;
  /** Version that was read; a write on another version fails. */
  readonly expected: number;
  readonly state: State;
}

/**
 * Keeps state. Every method may reject; the caller denies then. An implementation must not expire, evict or lose a
 * partition silently: what is gone must read as undefined.
 */
export interface StateStore {
  /** Makes a session for an agent, and the agent's and tenant's partitions if they are new; gives its unguessable id. */
  openSession(owner: Omit<StateOwner, "session">, schema: string, inherit?: StateOwner): Promise<string>;
  closeSession(owner: StateOwner): Promise<void>;
  read(owner: StateOwner): Promise<Partitions>;
  /** All or nothing; `reads` are scopes that the decision read and whose versions must still hold. False on conflict. */
  write(
    owner: StateOwner,
    writes: readonly PartitionWrite[],
    reads: readonly { readonly scope: IrScope; readonly version: number }[],
  ): Promise<boolean>;
}
