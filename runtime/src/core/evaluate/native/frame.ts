// What the native evaluators compute on: a valid request whose declared members stand in slots, by index instead of by name.
//
// A slot is one array access where a Map would hash a name; that alone was worth a third of a decision.
import type { LabelState, CounterState, ValidRequest } from "../../input/valid-request.ts";
import type { Field } from "../../types/type.ts";
import type { Value } from "../../values/value.ts";

export interface Frame {
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
  /** Variables of quantifiers, the outermost first; written while evaluating. */
  readonly locals: Value[];
}

export const RESULT_FIELDS = ["status", "value"] as const;
const NO_SLOTS: readonly Value[] = [];

/** The slots of fields whose values stand in a Map. */
export const slotsOf = (fields: readonly Field[], values: ReadonlyMap<string, Value>): readonly Value[] =>
  fields.map(({ name }) => values.get(name));

export interface FrameFields {
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  readonly args: readonly Field[];
}

export const frameOf = (
  request: Pick<ValidRequest, "agent" | "context" | "args" | "result" | "state" | "facts">,
  fields: FrameFields,
): Frame => ({
  agent: slotsOf(fields.agent, request.agent),
  context: slotsOf(fields.context, request.context),
  args: slotsOf(fields.args, request.args),
  result: request.result === null ? NO_SLOTS : [request.result.get("status"), request.result.get("value")],
  labels: request.state.labels,
  counters: request.state.counters,
  facts: request.facts,
  locals: [],
});
