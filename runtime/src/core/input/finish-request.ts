// The last step of reading a request into slots: what is read as JSON first, because most calls have little of it.
import type { ActionIndex, IrProgram } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { JsonValue, Value } from "../values/value.ts";
import type { SlotMembers } from "./slot-request.ts";
import { NO_SLOTS, SlotRequest, resultSlots } from "./slot-request.ts";
import { compileFactsReader } from "./validate-facts.ts";
import { compileResultReader } from "./validate-result.ts";
import { readState } from "./validate-state.ts";

/** The members of a request as they are met: the slots of some, the JSON of others. A class: see `slot-request`. */
export class RequestParts {
  action: ActionIndex | undefined = undefined;
  agent: readonly Value[] | undefined = undefined;
  context: readonly Value[] | undefined = undefined;
  args: readonly Value[] | undefined = undefined;
  phase: JsonValue | undefined = undefined;
  state: JsonValue | undefined = undefined;
  facts: JsonValue | undefined = undefined;
  result: JsonValue | undefined = undefined;
}

interface WholeParts extends RequestParts, SlotMembers {
  readonly action: ActionIndex;
  readonly agent: readonly Value[];
  readonly context: readonly Value[];
  readonly args: readonly Value[];
}

const isWhole = (parts: RequestParts): parts is WholeParts =>
  parts.action !== undefined &&
  parts.agent !== undefined &&
  parts.context !== undefined &&
  parts.args !== undefined;

/** Undefined where a part is missing or not what it should be. */
export function createFinisher(
  ir: IrProgram,
  parsedTypes: ParsedTypes,
): (parts: RequestParts) => SlotRequest | undefined {
  const agentId = ir.agent.findIndex(({ name }) => name === "id");
  const session = ir.context.findIndex(({ name }) => name === "session");
  const readFacts = compileFactsReader(ir.facts, parsedTypes);
  const noState = readState(ir, undefined, false);
  const results: (ReturnType<typeof compileResultReader> | undefined)[] = ir.actions.map(() => undefined);
  const readResult = (action: ActionIndex, json: JsonValue | undefined): readonly Value[] | undefined => {
    const type = ir.actions[action]?.result ?? { kind: "json" };
    const read = (results[action] ??= compileResultReader(type, parsedTypes))(json);
    return read === NOT_OF_TYPE ? undefined : resultSlots(read);
  };

  return (parts) => {
    if (!isWhole(parts) || typeof parts.agent[agentId] !== "string") return undefined;
    const { phase, state, facts, result } = parts;
    const cells =
      state === undefined || state === null
        ? noState
        : readState(ir, state, parts.context[session] !== undefined);
    const known = readFacts(facts);
    if (cells === NOT_OF_TYPE || known === NOT_OF_TYPE) return undefined;
    const isResult = phase === "result";
    const isCall = phase === undefined || phase === null || phase === "call";
    if (!isResult && (!isCall || (result !== undefined && result !== null))) return undefined;
    const outcome = isResult ? readResult(parts.action, result) : NO_SLOTS;
    if (outcome === undefined) return undefined;
    return new SlotRequest(isResult ? "result" : "call", parts, outcome, cells, known);
  };
}
