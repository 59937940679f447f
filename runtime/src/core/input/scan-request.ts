// A whole request read straight from its text into slots, in one pass. Gives up on anything odd (see `scan-value`).
import type { IrAction, IrProgram } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import { IJsonReader, I_JSON_LIMITS } from "../values/read-i-json.ts";
import type { JsonValue, Value } from "../values/value.ts";
import { createFinisher } from "./finish-request.ts";
import { indexActions } from "./index-actions.ts";
import type { ScanFields } from "./scan-value.ts";
import {
  colon,
  compileFieldsScanner,
  keyUnits,
  openObject,
  scanKey,
  scanString,
  skipObject,
} from "./scan-value.ts";
import type { SlotRequest } from "./slot-request.ts";

/** `text` is well-formed and not too large; `source` are the bytes that it was decoded from, if it was. Undefined: to be read the careful way. */
export type ScanRequest = (text: string, source?: Uint8Array) => SlotRequest | undefined;

/** In the order in which most requests name them. */
const MEMBERS = ["phase", "agent", "tool", "action", "args", "context", "state", "facts", "result"] as const;
type Member = (typeof MEMBERS)[number];
const KEYS = MEMBERS.map(keyUnits);

/** Prepares the scanners of all types of the program; those of an action when it is first met. */
export function createRequestScanner(ir: IrProgram, parsedTypes: ParsedTypes): ScanRequest {
  const scanAgent = compileFieldsScanner(ir.agent, true, parsedTypes);
  const scanContext = compileFieldsScanner(ir.context, true, parsedTypes);
  const noContext = scanContext(new IJsonReader("{}", I_JSON_LIMITS.depth), 1);
  const agentId = ir.agent.findIndex(({ name }) => name === "id");
  const finish = createFinisher(ir, parsedTypes);
  const actions = indexActions(ir.actions);
  // Own places: an empty list would find what others put on `Object.prototype`.
  const args: (ScanFields | undefined)[] = ir.actions.map(() => undefined);
  // Actions with the same parameters share one scanner: what is hot stays small however many actions there are.
  const shared = new Map<string, ScanFields>();
  const scannerOf = ({ params = [], open = false }: Partial<IrAction> = {}): ScanFields => {
    const shape = JSON.stringify([params, open]);
    const known = shared.get(shape) ?? compileFieldsScanner(params, open, parsedTypes);
    shared.set(shape, known);
    return known;
  };
  const scanArgs = (action: number): ScanFields => (args[action] ??= scannerOf(ir.actions[action]));

  return (text, source) => {
    const reader = new IJsonReader(text, I_JSON_LIMITS.depth, source);
    let agent: readonly Value[] | undefined;
    let context: readonly Value[] | undefined;
    let slots: readonly Value[] | undefined;
    let tool: string | undefined;
    let name: string | undefined;
    let argsAt = -1;
    let argsEnd = -1;
    let phase: JsonValue | undefined;
    let state: JsonValue | undefined;
    let facts: JsonValue | undefined;
    let result: JsonValue | undefined;
    let seen = 0;
    let expected = 0;
    let action: number | undefined;
    if (!openObject(reader)) return undefined;
    reader.skipSpace();
    for (;;) {
      const at = scanKey(reader, KEYS, expected);
      const member: Member | undefined = MEMBERS[at];
      if (member === undefined || (seen & (1 << at)) !== 0 || !colon(reader)) return undefined;
      seen |= 1 << at;
      expected = at + 1;
      switch (member) {
        case "agent":
          if ((agent = scanAgent(reader, 1)) === undefined) return undefined;
          break;
        case "tool":
          if ((tool = scanString(reader)) === undefined) return undefined;
          break;
        case "action":
          if ((name = scanString(reader)) === undefined) return undefined;
          break;
        case "args":
          action = tool === undefined || name === undefined ? undefined : actions.get(tool)?.get(name);
          argsAt = reader.at;
          if (action !== undefined) {
            if ((slots = scanArgs(action)(reader, 1)) === undefined) return undefined;
          } else if (!skipObject(reader)) return undefined;
          argsEnd = reader.at;
          break;
        case "context":
          if ((context = scanContext(reader, 1)) === undefined) return undefined;
          break;
        case "phase":
          if ((phase = scanString(reader)) === undefined) return undefined;
          break;
        case "state":
          if ((state = reader.value(1)) === undefined) return undefined;
          break;
        case "facts":
          if ((facts = reader.value(1)) === undefined) return undefined;
          break;
        case "result":
          if ((result = reader.value(1)) === undefined) return undefined;
          break;
      }
      const unit = reader.skipSpace();
      reader.at++;
      if (unit === 0x7d) break;
      if (unit !== 0x2c) return undefined;
      reader.skipSpace();
    }
    reader.skipSpace();
    if (reader.at !== text.length || agent === undefined || argsAt < 0) return undefined;
    context ??= noContext;
    if (typeof agent[agentId] !== "string" || context === undefined) return undefined;
    if (tool === undefined || name === undefined) return undefined;
    action ??= actions.get(tool)?.get(name);
    if (action === undefined) return undefined;
    if (slots === undefined) {
      // The arguments came before what they are of: skipped then, read now.
      reader.at = argsAt;
      slots = scanArgs(action)(reader, 1);
      if (slots === undefined || reader.at !== argsEnd) return undefined;
    }
    return finish({ action, agent, context, args: slots, phase, state, facts, result });
  };
}
