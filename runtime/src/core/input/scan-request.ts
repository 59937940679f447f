// A whole request read straight from its bytes into slots, in one pass. Gives up on anything odd (see `scan-value`).
import type { ActionIndex, IrAction, IrProgram, IrRoot } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { RequestParts, createFinisher } from "./finish-request.ts";
import type { ActionsByName } from "./index-actions.ts";
import { indexActions } from "./index-actions.ts";
import { byteScanner } from "./byte-scanner.ts";
import { FieldsPlan } from "./fields-plan.ts";
import { Names } from "./names.ts";
import type { Interests } from "./program-interests.ts";
import { interestsOf } from "./program-interests.ts";
import { Cursor } from "./scan-plan.ts";
import type { SlotRequest } from "./slot-request.ts";
import { Vocabulary } from "./vocabulary.ts";

/** Bytes of any kind, or a well-formed string; neither too large. Undefined: to be read the careful way. */
export type ScanRequest = (input: Uint8Array | string) => SlotRequest | undefined;

/** In the order in which the documentation names them. */
const MEMBERS = ["phase", "agent", "tool", "action", "args", "context", "state", "facts", "result"];
const { begin, byteAt, end, fillIn, scanFields, scanJson, scanName, scanText, skipSpace, valueEnd } =
  byteScanner;

/** Prepares the scanners of all types of the program; those of an action when it is first met. */
export function createRequestScanner(ir: IrProgram, parsedTypes: ParsedTypes): ScanRequest {
  const scanner = new RequestScanner(ir, parsedTypes);
  return (input) => {
    try {
      return scanner.scan(input);
    } catch {
      // What is compared with the last bytes of the largest text may reach beyond the memory for texts.
      return undefined;
    } finally {
      end();
    }
  };
}

/** A program is looked through once it is asked often: it takes as long as thousands of requests. */
const OFTEN = 1_000;
const EVERYTHING: Interests = { words: new Set(), reads: () => true };

class RequestScanner {
  readonly #ir: IrProgram;
  readonly #parsedTypes: ParsedTypes;
  readonly #actions: ActionsByName;
  readonly #members = new Names(MEMBERS);
  readonly #finish: ReturnType<typeof createFinisher>;
  #plans: Plans;
  #scans = 0;

  constructor(ir: IrProgram, parsedTypes: ParsedTypes) {
    this.#ir = ir;
    this.#parsedTypes = parsedTypes;
    this.#actions = indexActions(ir.actions);
    this.#finish = createFinisher(ir, parsedTypes);
    this.#plans = new Plans(ir, parsedTypes, EVERYTHING);
  }

  scan(input: Uint8Array | string): SlotRequest | undefined {
    if (++this.#scans === OFTEN) this.#plans = new Plans(this.#ir, this.#parsedTypes, interestsOf(this.#ir));
    const plans = this.#plans;
    const length = begin(input);
    const { cursor } = plans;
    cursor.at = 0;
    const parts = new RequestParts();
    let tool: string | undefined;
    let name: string | undefined;
    let argsAt = -1;
    let argsEnd = -1;
    let seen = 0;
    let last = -1;
    let at = skipSpace(0);
    if (byteAt(at++) !== 0x7b) return undefined;
    for (;;) {
      const index = scanName(this.#members, cursor, at, last);
      if (index < 0 || cursor.at < 0 || (seen & (1 << index)) !== 0) return undefined;
      seen |= 1 << index;
      last = index;
      switch (index) {
        case 1: // agent
          if ((parts.agent = scanFields(plans.agent, cursor, 1)) === undefined) return undefined;
          break;
        case 2: // tool
          if ((tool = scanText(cursor)) === undefined) return undefined;
          break;
        case 3: // action
          if ((name = scanText(cursor)) === undefined) return undefined;
          break;
        case 4: // args
          parts.action = this.#actionOf(tool, name);
          argsAt = cursor.at;
          if (parts.action === undefined) cursor.at = valueEnd(argsAt);
          else if ((parts.args = scanFields(plans.argsOf(parts.action), cursor, 1)) === undefined)
            return undefined;
          argsEnd = cursor.at;
          if (argsEnd < 0) return undefined;
          break;
        case 5: // context
          if ((parts.context = scanFields(plans.context, cursor, 1)) === undefined) return undefined;
          break;
        case 0: // phase
          if ((parts.phase = scanText(cursor)) === undefined) return undefined;
          break;
        case 6: // state
          if ((parts.state = scanJson(cursor, 1)) === undefined) return undefined;
          break;
        case 7: // facts
          if ((parts.facts = scanJson(cursor, 1)) === undefined) return undefined;
          break;
        case 8: // result
          if ((parts.result = scanJson(cursor, 1)) === undefined) return undefined;
          break;
      }
      at = skipSpace(cursor.at);
      const byte = byteAt(at++);
      if (byte === 0x7d) break;
      if (byte !== 0x2c) return undefined;
    }
    if (skipSpace(at) !== length || argsAt < 0) return undefined;
    parts.context ??= plans.noContext();
    parts.action ??= this.#actionOf(tool, name);
    if (parts.action === undefined) return undefined;
    if (parts.args === undefined) {
      // The arguments came before what they are of: skipped then, read now.
      cursor.at = argsAt;
      parts.args = scanFields(plans.argsOf(parts.action), cursor, 1);
      if (cursor.at !== argsEnd) return undefined;
    }
    return this.#finish(parts);
  }

  #actionOf(tool: string | undefined, name: string | undefined): ActionIndex | undefined {
    return tool === undefined || name === undefined ? undefined : this.#actions.get(tool)?.get(name);
  }
}

/** How the objects of a program's requests are read; those of an action when it is first met. */
class Plans {
  /** One for all requests: they are read one after the other. */
  readonly cursor: Cursor;
  readonly agent: FieldsPlan;
  readonly context: FieldsPlan;
  /** Own places: an empty list would find what others put on `Object.prototype`. */
  readonly #args: (FieldsPlan | undefined)[];
  /** Actions with the same parameters share one plan: what is hot stays small however many actions there are. */
  readonly #shared = new Map<string, FieldsPlan>();
  readonly #ir: IrProgram;
  readonly #planOf: (root: IrRoot, fields: readonly Field[], open: boolean) => FieldsPlan;

  constructor(ir: IrProgram, parsedTypes: ParsedTypes, { words, reads }: Interests) {
    this.#ir = ir;
    this.#args = ir.actions.map(() => undefined);
    this.#planOf = (root, fields, open) =>
      new FieldsPlan(fields, open, parsedTypes, (name) => reads(root, name));
    this.cursor = new Cursor(new Vocabulary(words));
    this.agent = this.#planOf("agent", ir.agent, true);
    this.context = this.#planOf("context", ir.context, true);
  }

  argsOf(action: ActionIndex): FieldsPlan {
    return (this.#args[action] ??= this.#argsPlan(action));
  }

  #argsPlan(action: ActionIndex): FieldsPlan {
    const { params = [], open = false }: Partial<IrAction> = this.#ir.actions[action] ?? {};
    const shape = JSON.stringify([params, open]);
    const known = this.#shared.get(shape) ?? this.#planOf("args", params, open);
    this.#shared.set(shape, known);
    return known;
  }

  /** The slots where the request names no context. */
  noContext(): Value[] | undefined {
    return fillIn(this.context, this.context.empty.slice());
  }
}
