// Values of a request by their type: JSON in, runtime form out, in one pass. One line for each kind of type.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field, Type, TypeKind } from "../types/type.ts";
import { MAX_INTEGER } from "../types/type.ts";
import { fitsCodePoints } from "../values/code-points.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import { scalarKey } from "../values/scalar.ts";
import { parseDuration, parseTime } from "../values/time-text.ts";
import type { JsonObject, JsonValue, Value } from "../values/value.ts";
import { JsonNumber } from "../values/value.ts";
import { readHeaders } from "./read-headers.ts";
import { readDecimal, readInteger } from "./read-number.ts";

/** Reads a value of one type; `undefined` in is an absent value, `undefined` out an absent optional. Never throws. */
export type ReadValue = (json: JsonValue | undefined) => Value | NotOfType;
type Compile<Kind extends TypeKind> = (
  type: Extract<Type, { kind: Kind }>,
  parsedTypes: ParsedTypes,
) => ReadValue;

const compilers: { readonly [Kind in TypeKind]: Compile<Kind> } = {
  bool: () => (json) => (typeof json === "boolean" ? json : NOT_OF_TYPE),
  int: (type) => inRange(readInteger, type),
  decimal: (type) => inRange(readDecimal, type),
  string({ max }) {
    if (max === undefined) return (json) => (typeof json === "string" ? json : NOT_OF_TYPE);
    return (json) => (typeof json === "string" && fitsCodePoints(json, max) ? json : NOT_OF_TYPE);
  },
  enum({ members }) {
    const known = new Set(members);
    return (json) => (typeof json === "string" && known.has(json) ? json : NOT_OF_TYPE);
  },
  parsed(type, parsedTypes) {
    const definition = parsedTypes.get(type.name);
    return (json) =>
      typeof json === "string" && definition !== undefined
        ? (definition.parse(json) ?? NOT_OF_TYPE)
        : NOT_OF_TYPE;
  },
  time: () => (json) => (typeof json === "string" ? (parseTime(json) ?? NOT_OF_TYPE) : NOT_OF_TYPE),
  duration: () => (json) => (typeof json === "string" ? (parseDuration(json) ?? NOT_OF_TYPE) : NOT_OF_TYPE),
  json: () => (json) => (json === undefined ? NOT_OF_TYPE : json),
  list: ({ of, max }, parsedTypes) => readItems(compileReader(of, parsedTypes), max),
  set({ of, max }, parsedTypes) {
    const items = readItems(compileReader(of, parsedTypes), max);
    return (json) => {
      const read = items(json);
      return read === NOT_OF_TYPE ? read : withoutDuplicates(read);
    };
  },
  map({ of, max }, parsedTypes) {
    const member = compileReader(of, parsedTypes);
    return (json) => (isJsonObject(json) ? readMembers(json, member, max) : NOT_OF_TYPE);
  },
  headers: () => (json) => (isJsonObject(json) ? readHeaders(json) : NOT_OF_TYPE),
  record: ({ fields, open }, parsedTypes) => compileRecordReader(fields, open, parsedTypes),
  optional({ of }, parsedTypes) {
    const read = compileReader(of, parsedTypes);
    return (json) => (json === undefined || json === null ? undefined : read(json));
  },
};

/** A reader for one type, made once and used for every request. */
export function compileReader(type: Type, parsedTypes: ParsedTypes): ReadValue {
  const compile = compilers[type.kind] as Compile<TypeKind>;
  return compile(type as never, parsedTypes);
}

interface FieldReader {
  readonly name: string;
  readonly read: ReadValue;
  /** The default. */
  readonly absent: Value | NotOfType;
}

/** A reader for a record: a Map of the declared fields that are there, defaults filled in. */
export function compileRecordReader(
  fields: readonly Field[],
  open: boolean,
  parsedTypes: ParsedTypes,
): (json: JsonValue | undefined) => ReadonlyMap<string, Value> | NotOfType {
  const compiled = fields.map((field): FieldReader => ({
    name: field.name,
    read: compileReader(field.type, parsedTypes),
    absent: field.default === undefined ? undefined : constToValue(field.type, field.default, parsedTypes),
  }));
  return (json) => {
    if (!isJsonObject(json)) return NOT_OF_TYPE;
    const record = new Map<string, Value>();
    let received = 0;
    for (const { name, read, absent } of compiled) {
      const there = Object.hasOwn(json, name);
      if (there) received++;
      const value = there ? read(json[name]) : (absent ?? read(undefined));
      if (value === NOT_OF_TYPE) return NOT_OF_TYPE;
      if (value !== undefined) record.set(name, value);
    }
    return open || Object.keys(json).length === received ? record : NOT_OF_TYPE;
  };
}

/** Objects as they come from `readIJson` or `checkIJsonObject`: only own members count. */
export function isJsonObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof JsonNumber);
}

function inRange(
  read: (json: JsonValue | undefined) => number | NotOfType,
  { min = -MAX_INTEGER, max = MAX_INTEGER }: { readonly min?: number; readonly max?: number },
): ReadValue {
  return (json) => {
    const number = read(json);
    return number !== NOT_OF_TYPE && number >= min && number <= max ? number : NOT_OF_TYPE;
  };
}

function readItems(
  read: ReadValue,
  max: number,
): (json: JsonValue | undefined) => readonly Value[] | NotOfType {
  return (json) => {
    if (!Array.isArray(json) || json.length > max) return NOT_OF_TYPE;
    const items: Value[] = [];
    for (const item of json as readonly JsonValue[]) {
      const value = read(item);
      if (value === NOT_OF_TYPE) return NOT_OF_TYPE;
      items.push(value);
    }
    return items;
  };
}

function withoutDuplicates(items: readonly Value[]): readonly Value[] {
  const byKey = new Map<Value, Value>();
  for (const item of items) {
    const key = scalarKey(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return byKey.size === items.length ? items : [...byKey.values()];
}

function readMembers(json: JsonObject, read: ReadValue, max: number): ReadonlyMap<string, Value> | NotOfType {
  const keys = Object.keys(json);
  if (keys.length > max) return NOT_OF_TYPE;
  const members = new Map<string, Value>();
  for (const key of keys) {
    const value = read(json[key]);
    if (value === NOT_OF_TYPE) return NOT_OF_TYPE;
    if (value !== undefined) members.set(key, value);
  }
  return members;
}
