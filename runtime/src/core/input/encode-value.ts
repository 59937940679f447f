// Values back to JSON: the inverse of validation. One line for each kind of type.
import type { Type, TypeKind } from "../types/type.ts";
import { DECIMAL_SCALE } from "../types/type.ts";
import { printDecimal } from "../values/decimal-text.ts";
import { newJsonObject } from "../values/json-object.ts";
import { isParsedValue } from "../values/scalar.ts";
import { printDuration, printTime } from "../values/time-text.ts";
import type { JsonObject, JsonValue, Value } from "../values/value.ts";

type Encode<Kind extends TypeKind> = (type: Extract<Type, { kind: Kind }>, value: Value) => JsonValue;

const same = (_type: Type, value: Value): JsonValue => value as JsonValue;
const encoders: { readonly [Kind in TypeKind]: Encode<Kind> } = {
  bool: same,
  int: same,
  string: same,
  enum: same,
  json: same,
  decimal: (_type, value) => encodeDecimal(value as number),
  time: (_type, value) => printTime(value as number),
  duration: (_type, value) => printDuration(value as number),
  parsed: (_type, value) => (isParsedValue(value) ? value.text : ""),
  list: (type, value) => encodeItems(type.of, value),
  set: (type, value) => encodeItems(type.of, value),
  map: (type, value) => encodeMembers(value, () => type.of),
  headers: (_type, value) => encodeMembers(value, () => ({ kind: "string" })),
  record: (type, value) =>
    encodeMembers(value, (name) => type.fields.find((field) => field.name === name)?.type),
  optional: (type, value) => (value === undefined ? null : encodeValue(type.of, value)),
};

/**
 * JSON that validates to the value: parsed values as received, times and durations in ISO form. Header names come in
 * lower case; members of open records that are not declared are not there.
 */
export function encodeValue(type: Type, value: Value): JsonValue {
  const encode = encoders[type.kind] as Encode<TypeKind>;
  return encode(type as never, value);
}

/** A number where the double prints back to the same value, else text. */
function encodeDecimal(millionths: number): JsonValue {
  const text = printDecimal(millionths);
  const number = millionths / DECIMAL_SCALE;
  return String(number) === text ? number : text;
}

const encodeItems = (of: Type, value: Value): JsonValue =>
  Array.isArray(value) ? (value as readonly Value[]).map((item) => encodeValue(of, item)) : [];

function encodeMembers(value: Value, typeOf: (name: string) => Type | undefined): JsonObject {
  const object = newJsonObject();
  if (!(value instanceof Map)) return object;
  for (const [name, member] of value as ReadonlyMap<string, Value>) {
    const type = typeOf(name);
    if (type !== undefined && member !== undefined) object[name] = encodeValue(type, member);
  }
  return object;
}
