// Validation of a whole request: JSON in, runtime form out, or the code of the refusal.
//
// Order: everything outside `args` and `result`; then tool and action; then `args` and `result`. Of optional members
// JSON null is absence. Members that the request document does not have are refused; attributes of agent and context
// that nothing declares are ignored.
import type { IrProgram } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { JsonObject, JsonValue } from "../values/value.ts";
import type { ValidListRequest, ValidRequest } from "./valid-request.ts";
import { indexActions } from "./index-actions.ts";
import { compileFactsReader } from "./validate-facts.ts";
import { compileResultReader } from "./validate-result.ts";
import { readState } from "./validate-state.ts";
import { compileRecordReader, isJsonObject } from "./validate-value.ts";

export type RequestResult =
  | { readonly ok: true; readonly request: ValidRequest }
  | { readonly ok: false; readonly code: "invalid_input" | "unknown_action" };

export interface RequestValidator {
  /** `json` comes from `readIJson` or `checkIJsonObject`. Never throws. */
  request(json: JsonValue): RequestResult;
  /** `{agent, context}` of the list phase; undefined when it is invalid. */
  listRequest(json: JsonValue): ValidListRequest | undefined;
}

const MEMBERS: ReadonlySet<string> = new Set([
  "phase",
  "agent",
  "tool",
  "action",
  "args",
  "context",
  "state",
  "facts",
  "result",
]);
const LIST_MEMBERS: ReadonlySet<string> = new Set(["agent", "context"]);
const INVALID: RequestResult = { ok: false, code: "invalid_input" };
const UNKNOWN: RequestResult = { ok: false, code: "unknown_action" };

/** Prepares the readers of all types of the program, once. */
export function createRequestValidator(ir: IrProgram, parsedTypes: ParsedTypes): RequestValidator {
  const readAgent = compileRecordReader(ir.agent, true, parsedTypes);
  const readContext = compileRecordReader(ir.context, true, parsedTypes);
  const readFacts = compileFactsReader(ir.facts, parsedTypes);
  const actions = indexActions(ir.actions);
  const readers = ir.actions.map(({ params, open, result }) => ({
    args: compileRecordReader(params, open, parsedTypes),
    result: compileResultReader(result, parsedTypes),
  }));

  function identity(json: JsonObject): ValidListRequest | undefined {
    const agent = json["agent"];
    // Whatever a program declares, nobody is asked about without a name.
    if (!isJsonObject(agent) || !Object.hasOwn(agent, "id") || typeof agent["id"] !== "string")
      return undefined;
    const attributes = readAgent(agent);
    const context = readContext(json["context"] ?? {});
    return attributes === NOT_OF_TYPE || context === NOT_OF_TYPE ? undefined : { agent: attributes, context };
  }

  return {
    request(received) {
      const json = members(received, MEMBERS);
      if (json === undefined) return INVALID;
      const who = identity(json);
      const { tool, action } = json;
      const phase = json["phase"] ?? "call";
      if (who === undefined || typeof tool !== "string" || typeof action !== "string") return INVALID;
      if (phase !== "call" && phase !== "result") return INVALID;
      const state = readState(ir, json["state"], who.context.has("session"));
      const facts = readFacts(json["facts"]);
      if (state === NOT_OF_TYPE || facts === NOT_OF_TYPE) return INVALID;

      const index = actions.get(tool)?.get(action);
      const read = index === undefined ? undefined : readers[index];
      if (index === undefined || read === undefined) return UNKNOWN;

      const args = read.args(json["args"]);
      const result = phase === "result" ? read.result(json["result"]) : absent(json["result"]);
      if (args === NOT_OF_TYPE || result === NOT_OF_TYPE || !isJsonObject(json["args"])) return INVALID;
      return {
        ok: true,
        request: { phase, action: index, ...who, args, result, state, facts, received: json["args"] },
      };
    },
    listRequest(received) {
      const json = members(received, LIST_MEMBERS);
      return json === undefined ? undefined : identity(json);
    },
  };
}

/** In the call phase there is no result. */
const absent = (json: JsonValue | undefined): null | typeof NOT_OF_TYPE =>
  json === undefined || json === null ? null : NOT_OF_TYPE;

/** The own members of an object that has none but the known ones, safe to read by those names. */
function members(json: JsonValue, known: ReadonlySet<string>): JsonObject | undefined {
  if (!isJsonObject(json) || !Object.keys(json).every((key) => known.has(key))) return undefined;
  return Object.assign(Object.create(null) as JsonObject, json);
}
