// The request document: what an engine is asked.
import type { JsonObject, JsonValue } from "../values/value.ts";

export type Phase = "call" | "result";

export interface RequestDocument {
  /** `call` if absent. */
  readonly phase?: Phase;
  readonly agent: {
    readonly id: string;
    readonly roles?: readonly string[];
    readonly [attribute: string]: JsonValue | undefined;
  };
  readonly tool: string;
  readonly action: string;
  readonly args: JsonObject;
  readonly context?: {
    readonly time?: string;
    readonly session?: string;
    readonly [attribute: string]: JsonValue | undefined;
  };
  readonly state?: StateSnapshot;
  /** By JSON pointer of a value of the call, then by name of the fact. */
  readonly facts?: { readonly [pointer: string]: { readonly [fact: string]: JsonValue } };
  /** Present exactly in the result phase. */
  readonly result?: { readonly status: "ok" | "error" | "unknown"; readonly value?: JsonValue };
}

/** The cells of one tenant, agent and session, read at one moment. */
export interface StateSnapshot {
  /** Digest of the state schema; absent in a snapshot written by hand. */
  readonly schema?: string;
  readonly epoch?: number;
  readonly labels?: { readonly [cell: string]: LabelValue };
  readonly counters?: { readonly [cell: string]: CounterValue };
}

/** A plain label, or the keys of a keyed one as sorted canonical keys (several keys: a JSON array text of them). */
export type LabelValue =
  | boolean
  | "maybe"
  | { readonly set: readonly string[]; readonly maybe: readonly string[]; readonly full: boolean };

/** A canonical decimal, or for a keyed counter an object from canonical key. */
export type CounterValue = string | { readonly [key: string]: string };
