// State of one tenant, agent and session as a JSON document, and the events that change it.
import type { JsonObject, JsonValue } from "../values/value.ts";

export type EventPhase = "started" | "finished" | "approved" | "denied" | "abandoned";

/**
 * What happened to a call. `started`: dispatched to the tool. `finished`: it has answered, or is known never to
 * answer (status `unknown`). `abandoned`: reserved, but never dispatched. `approved` and `denied`: decided by people
 * or by the policy, before any start.
 */
export interface EventDocument {
  readonly phase: EventPhase;
  readonly id: string;
  readonly call_id: string;
  /** Grows with every event of the state; an event that is not newer is ignored. */
  readonly seq: number;
  readonly time: string;
  readonly agent: JsonObject;
  readonly context?: JsonObject;
  readonly tool: string;
  readonly action: string;
  /** As decided: defaults explicit, redactions carried out. */
  readonly args: JsonObject;
  /** On `approved` and `denied`: the rules that asked or refused. */
  readonly rules?: readonly string[];
  readonly result?: { readonly status: "ok" | "error" | "unknown"; readonly value?: JsonValue };
}

/** Whether a label is set; `maybe` after a call of unknown outcome: a restriction reads it as set, a grant as unset. */
export type Certainty = boolean | "maybe";

export interface PlainLabelState {
  readonly value: Certainty;
  /** `seq` of the last clear. */
  readonly cleared: number;
}
export interface KeyedLabelState {
  /** Canonical keys that are or may be set, sorted, each once. */
  readonly keys: readonly (readonly [key: string, value: true | "maybe"])[];
  /** More keys were set than are remembered: absent ones are uncertain. */
  readonly full: boolean;
  /** `seq` of the last clear by key, as long as a call is in flight that began before it. */
  readonly cleared: readonly (readonly [key: string, seq: number])[];
}

/** Amounts by bucket number, ascending; without a window the one bucket 0. */
export type Buckets = readonly (readonly [bucket: number, amount: number])[];

/** A call between start and finish: what it may still change, and what it has reserved. */
export interface CallInFlight {
  readonly call_id: string;
  readonly seq: number;
  readonly tool: string;
  readonly action: string;
  /** Labels that its result may set or clear; `keys` null where only the result tells which. */
  readonly pending: readonly {
    readonly label: string;
    readonly op: "set" | "clear";
    readonly keys: readonly string[] | null;
  }[];
  /** What its start changed, to be doubted if it is abandoned. */
  readonly applied: readonly { readonly label: string; readonly key: string | null }[];
  readonly reserved: readonly {
    readonly counter: string;
    readonly key: string;
    readonly bucket: number;
    readonly amount: number;
  }[];
}

export interface State {
  /** Digest of the state schema that it was made under. */
  readonly schema: string;
  readonly epoch: number;
  /** `seq` of the last event. */
  readonly seq: number;
  /** An event could not be read: every cell is unreadable from then on. */
  readonly broken: boolean;
  /** By cell id; a cell that was never touched has no entry. */
  readonly labels: readonly (readonly [cell: string, state: PlainLabelState | KeyedLabelState])[];
  /** By cell id, then by canonical key (empty text for a counter without key). */
  readonly counters: readonly (readonly [
    cell: string,
    keys: readonly (readonly [key: string, buckets: Buckets])[],
  ])[];
  readonly calls: readonly CallInFlight[];
}

export const emptyState = (schema: string, epoch = 1): State => ({
  schema,
  epoch,
  seq: 0,
  broken: false,
  labels: [],
  counters: [],
  calls: [],
});
