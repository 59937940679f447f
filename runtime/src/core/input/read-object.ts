// A whole request read from an object of the host into slots, in one pass and without copying what no decision needs.
//
// Like `scan-request` it is sound, not complete: what it takes is what `checkIJsonObject` and the validator take, with the
// same values; on anything odd it gives up, and the request is read the careful way.
import type { IrProgram } from "../ir/ir.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field } from "../types/type.ts";
import { IJsonCopier, isPlainObject } from "../values/check-i-json-object.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import type { NotOfType } from "../values/const-value.ts";
import { I_JSON_LIMITS } from "../values/read-i-json.ts";
import type { JsonValue, Value } from "../values/value.ts";
import { RequestParts, createFinisher } from "./finish-request.ts";
import { indexActions } from "./index-actions.ts";
import type { SlotRequest } from "./slot-request.ts";
import { compileReader } from "./validate-value.ts";

/** Undefined: to be read the careful way. */
export type ReadRequest = (request: unknown) => SlotRequest | undefined;

const MEMBERS = ["phase", "agent", "tool", "action", "args", "context", "state", "facts", "result"] as const;

/** Prepares the readers of all types of the program; those of an action when it is first met. */
export function createRequestReader(ir: IrProgram, parsedTypes: ParsedTypes): ReadRequest {
  const readAgent = compileFieldsReader(ir.agent, true, parsedTypes);
  const readContext = compileFieldsReader(ir.context, true, parsedTypes);
  const finish = createFinisher(ir, parsedTypes);
  const actions = indexActions(ir.actions);
  const args: (ReadFields | undefined)[] = ir.actions.map(() => undefined);

  return (request) => {
    const members = ownMembers(request);
    if (members === undefined) return undefined;
    const [phase, agent, tool, name, given, context, state, facts, result] = members;
    if (typeof tool !== "string" || typeof name !== "string") return undefined;
    const index = actions.get(tool)?.get(name);
    const action = index === undefined ? undefined : ir.actions[index];
    if (index === undefined || action === undefined) return undefined;
    // Every key and word of the document itself is far below this.
    const copier = new IJsonCopier({ ...I_JSON_LIMITS, bytes: I_JSON_LIMITS.bytes - 1000 }, false);
    if (copier.text(tool) === undefined || copier.text(name) === undefined) return undefined;
    const readArgs = (args[index] ??= compileFieldsReader(action.params, action.open, parsedTypes));
    const parts = new RequestParts();
    parts.action = index;
    parts.agent = readAgent(agent, copier);
    parts.context = readContext(context ?? {}, copier);
    parts.args = readArgs(given, copier);
    parts.phase = copyOrNull(phase, copier);
    parts.state = copyOrNull(state, copier);
    parts.facts = copyOrNull(facts, copier);
    parts.result = copyOrNull(result, copier);
    if (parts.phase === undefined || parts.state === undefined) return undefined;
    if (parts.facts === undefined || parts.result === undefined) return undefined;
    return finish(parts);
  };
}

/** Null, as for what is absent; undefined when it is no JSON. */
const copyOrNull = (member: unknown, copier: IJsonCopier): JsonValue | undefined =>
  member === undefined ? null : copier.copy(member, 1);

/** The members of the request document, in the order of `MEMBERS`. */
function ownMembers(request: unknown): unknown[] | undefined {
  if (typeof request !== "object" || request === null || !isPlainObject(request)) return undefined;
  const members: unknown[] = MEMBERS.map(() => undefined);
  let expected = 0;
  for (const key of Reflect.ownKeys(request)) {
    const at = indexOfName(MEMBERS, key, expected);
    const member = at < 0 ? undefined : ownValue(request, key);
    if (member === undefined) return undefined;
    members[at] = member;
    expected = at + 1;
  }
  return members;
}

type ReadFields = (value: unknown, copier: IJsonCopier) => Value[] | undefined;

/** Slots of an object; undefined when it is not one of these fields. Other members are only looked at where it is open. */
function compileFieldsReader(fields: readonly Field[], open: boolean, parsedTypes: ParsedTypes): ReadFields {
  const names = fields.map(({ name }) => name);
  const readers = fields.map(({ type }) => compileReader(type, parsedTypes));
  const absent: readonly (Value | NotOfType)[] = fields.map((field) => {
    if (field.default !== undefined) return constToValue(field.type, field.default, parsedTypes);
    return field.type.kind === "optional" ? undefined : NOT_OF_TYPE;
  });
  return (object, copier) => {
    if (typeof object !== "object" || object === null || Array.isArray(object) || !isPlainObject(object))
      return undefined;
    const slots = absent.slice();
    let expected = 0;
    for (const key of Reflect.ownKeys(object)) {
      if (typeof key !== "string") return undefined;
      const slot = indexOfName(names, key, expected);
      const received = ownValue(object, key);
      if (received === undefined || (slot < 0 && (!open || copier.text(key) === undefined))) return undefined;
      const json: JsonValue | undefined = copier.copy(received, DEPTH);
      if (json === undefined) return undefined;
      if (slot < 0) continue;
      const value = readers[slot]?.(json);
      if (value === NOT_OF_TYPE) return undefined;
      slots[slot] = value;
      expected = slot + 1;
    }
    return slots.includes(NOT_OF_TYPE) ? undefined : (slots as Value[]);
  };
}

/** Members of agent, context and arguments lie in two objects. */
const DEPTH = 2;

/** Writers keep to one order: the name after the last one is tried first. */
function indexOfName(names: readonly string[], key: string | symbol, expected: number): number {
  return names[expected] === key ? expected : names.indexOf(key as string);
}

/** The value of an own enumerable member that is no getter: one could give another value to whoever runs the call. */
function ownValue(object: object, key: string | symbol): unknown {
  const property = Object.getOwnPropertyDescriptor(object, key);
  return property !== undefined && property.enumerable === true && "value" in property
    ? property.value
    : undefined;
}
