// A valid request whose declared members stand in slots, by index instead of by name: what the native evaluators compute on.
//
// A slot is one array access where a Map would hash a name; that alone was worth a third of a decision.
//
// A class, and arrays that are copies of others, because V8 may come to place what literals make in old memory, when some of
// it happened to live long. All that such a request holds then lives until old memory is swept: bytes took twice as long.
import type { ActionIndex } from "../ir/ir.ts";
import type { Phase } from "../request/request.ts";
import type { Field } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import type { CounterState, LabelState, ValidRequest, ValidState } from "./valid-request.ts";

export const RESULT_FIELDS = ["status", "value"] as const;
export const NO_SLOTS: readonly Value[] = [];

export class SlotRequest {
  readonly phase: Phase;
  readonly action: ActionIndex;
  /** In the order of the declared fields; `undefined` is absent. */
  readonly agent: readonly Value[];
  readonly context: readonly Value[];
  /** In the order of the action's parameters. */
  readonly args: readonly Value[];
  /** `status` and `value`; empty in the call phase. */
  readonly result: readonly Value[];
  readonly labels: readonly (LabelState | undefined)[];
  readonly counters: readonly (CounterState | undefined)[];
  readonly facts: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Room for the variables of quantifiers, the outermost first: written while evaluating. */
  readonly locals: Value[] = NO_SLOTS.slice();

  constructor(
    phase: Phase,
    { action, agent, context, args }: SlotMembers,
    result: readonly Value[],
    { labels, counters }: ValidState,
    facts: ValidRequest["facts"],
  ) {
    this.phase = phase;
    this.action = action;
    this.agent = agent;
    this.context = context;
    this.args = args;
    this.result = result;
    this.labels = labels;
    this.counters = counters;
    this.facts = facts;
  }
}

/** What stands in slots from the beginning. */
export type SlotMembers = Pick<SlotRequest, "action" | "agent" | "context" | "args">;

export const resultSlots = (result: ReadonlyMap<string, Value> | null): readonly Value[] =>
  result === null ? NO_SLOTS : [result.get("status"), result.get("value")];

const slotsOf = (fields: readonly Field[], values: ReadonlyMap<string, Value>): readonly Value[] =>
  fields.map(({ name }) => values.get(name));

export interface SlotFields {
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  readonly args: readonly Field[];
}

export function slotRequest(request: Omit<ValidRequest, "received">, fields: SlotFields): SlotRequest {
  const members: SlotMembers = {
    action: request.action,
    agent: slotsOf(fields.agent, request.agent),
    context: slotsOf(fields.context, request.context),
    args: slotsOf(fields.args, request.args),
  };
  return new SlotRequest(request.phase, members, resultSlots(request.result), request.state, request.facts);
}
