// A request that has passed validation, in runtime form: what every native engine computes on.
import type { ActionIndex } from "../ir/ir.ts";
import type { Phase } from "../request/request.ts";
import type { JsonObject, Value } from "../values/value.ts";

export interface ValidRequest {
  readonly phase: Phase;
  readonly action: ActionIndex;
  /** Declared attributes that are there, by name; defaults filled in. The same for the other maps. */
  readonly agent: ReadonlyMap<string, Value>;
  readonly context: ReadonlyMap<string, Value>;
  readonly args: ReadonlyMap<string, Value>;
  /** `status`, and `value` where there is one. Null in the call phase. */
  readonly result: ReadonlyMap<string, Value> | null;
  readonly state: ValidState;
  /** Declared facts of the right type, by JSON pointer and name; what is missing here is unreadable. */
  readonly facts: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** The arguments as received: what is forwarded, once defaults are explicit (see `canonicalArgs`). */
  readonly received: JsonObject;
}

/** Cells by index in the IR; `undefined` is unreadable. */
export interface ValidState {
  readonly labels: readonly (LabelState | undefined)[];
  readonly counters: readonly (CounterState | undefined)[];
}

/** A plain label, or a keyed one: keys as `cellKey` prints them. */
export type LabelState = boolean | "maybe" | KeyedLabelState;
export interface KeyedLabelState {
  readonly set: ReadonlySet<string>;
  readonly maybe: ReadonlySet<string>;
  /** Keys that are not listed may be set. */
  readonly full: boolean;
}
/** In units of the counter's type; a keyed one by key, keys that are not listed at zero. */
export type CounterState = number | ReadonlyMap<string, number>;

/** A request for the list phase in runtime form. */
export interface ValidListRequest {
  readonly agent: ReadonlyMap<string, Value>;
  readonly context: ReadonlyMap<string, Value>;
}
