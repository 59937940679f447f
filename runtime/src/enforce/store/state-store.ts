// The interface of a state store: versioned partitions, written all or nothing by compare-and-swap.
import type { IrScope, State } from "../../core/index.ts";

/** Whose state: a session belongs to an agent, an agent to a tenant (empty text without one). */
export interface StateOwner {
  /** Name of the bundle: every bundle has a namespace of its own. */
  readonly lineage: string;
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
  readonly owner: StateOwner;
  readonly scope: IrScope;
  /** Version that was read; a write on another version fails. */
  readonly expected: number;
  readonly state: State;
}

/** A session spans all bundles of a runtime: each has its own state in it. */
export interface SessionRequest {
  readonly tenant: string;
  readonly agent: string;
  /** Digest of the state schema by lineage. */
  readonly schemas: ReadonlyMap<string, string>;
  /** The session of the agent on whose behalf this one acts: its labels restrict here too. */
  readonly parent?: { readonly tenant: string; readonly agent: string; readonly session: string };
}

export interface PartitionVersion {
  readonly owner: StateOwner;
  readonly scope: IrScope;
  readonly version: number;
}

/**
 * Keeps state. Every method may reject; the caller denies then. An implementation must not expire, evict or lose a
 * partition silently: what is gone must read as undefined.
 */
export interface StateStore {
  /** Makes a session for an agent, and the agent's and tenant's partitions if they are new; gives its unguessable id. */
  openSession(request: SessionRequest): Promise<string>;
  closeSession(session: {
    readonly tenant: string;
    readonly agent: string;
    readonly session: string;
  }): Promise<void>;
  read(owner: StateOwner): Promise<Partitions>;
  /** All or nothing; `reads` are partitions that the decision read and whose versions must still hold. False on conflict. */
  write(writes: readonly PartitionWrite[], reads: readonly PartitionVersion[]): Promise<boolean>;
  /** True for the first who spends a token, never again: an approval releases one call, once. */
  spend(token: string): Promise<boolean>;
}
