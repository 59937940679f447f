// The last step of reading a request into slots: what is read as JSON first, because most calls have little of it.
import type { ActionIndex, IrProgram } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { JsonValue, Value } from "../values/value.ts";
import type { SlotRequest } from "./slot-request.ts";
import { NO_SLOTS, resultSlots } from "./slot-request.ts";
import { compileFactsReader } from "./validate-facts.ts";
import { compileResultReader } from "./validate-result.ts";
import { readState } from "./validate-state.ts";

/** The members of a request: the slots of some, the JSON of others. */
export interface RequestParts {
  readonly action: ActionIndex;
  readonly agent: readonly Value[];
  readonly context: readonly Value[];
  readonly args: readonly Value[];
  readonly phase: JsonValue | undefined;
  readonly state: JsonValue | undefined;
  readonly facts: JsonValue | undefined;
  readonly result: JsonValue | undefined;
}

/** Undefined where a part is not what it should be. */
export function createFinisher(
  ir: IrProgram,
  parsedTypes: ParsedTypes,
): (parts: RequestParts) => SlotRequest | undefined {
  const session = ir.context.findIndex(({ name }) => name === "session");
  const readFacts = compileFactsReader(ir.facts, parsedTypes);
  const noState = readState(ir, undefined, false);
  const results: (ReturnType<typeof compileResultReader> | undefined)[] = ir.actions.map(() => undefined);
  const readResult = (action: ActionIndex, json: JsonValue | undefined): readonly Value[] | undefined => {
    const type = ir.actions[action]?.result ?? { kind: "json" };
    const read = (results[action] ??= compileResultReader(type, parsedTypes))(json);
    return read === NOT_OF_TYPE ? undefined : resultSlots(read);
  };

  return ({ action, agent, context, args, phase, state, facts, result }) => {
    const cells =
      state === undefined || state === null ? noState : readState(ir, state, context[session] !== undefined);
    const known = readFacts(facts);
    if (cells === NOT_OF_TYPE || known === NOT_OF_TYPE) return undefined;
    const isResult = phase === "result";
    const isCall = phase === undefined || phase === null || phase === "call";
    if (!isResult && (!isCall || (result !== undefined && result !== null))) return undefined;
    const outcome = isResult ? readResult(action, result) : NO_SLOTS;
    if (outcome === undefined) return undefined;
    // One literal, so that there is one shape.
    return {
      phase: isResult ? "result" : "call",
      action,
      agent,
      context,
      args,
      result: outcome,
      labels: cells.labels,
      counters: cells.counters,
      facts: known,
      locals: [],
    };
  };
}
