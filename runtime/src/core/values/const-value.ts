// Constants of the IR in runtime form: checked against their type, as nothing in a bundle is trusted.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { ConstValue, Type, TypeKind } from "../types/type.ts";
import { MAX_INTEGER } from "../types/type.ts";
import { fitsCodePoints } from "./code-points.ts";
import { scalarKey } from "./scalar.ts";
import type { JsonValue, Value } from "./value.ts";

/** What `constToValue` gives for a constant that is not of its type. */
export const NOT_OF_TYPE: unique symbol = Symbol("not of the type");
export type NotOfType = typeof NOT_OF_TYPE;
type Reader<Kind extends TypeKind> = (
  type: Extract<Type, { kind: Kind }>,
  value: ConstValue,
  parsedTypes: ParsedTypes,
) => Value | NotOfType;

const isInteger = (value: unknown): value is number =>
  typeof value === "number" &&
  Number.isInteger(value) &&
  Math.abs(value) <= MAX_INTEGER &&
  !Object.is(value, -0);
const isList = (value: ConstValue): value is readonly ConstValue[] => Array.isArray(value);
const inRange = (
  type: { readonly min?: number; readonly max?: number },
  value: ConstValue,
): Value | NotOfType =>
  isInteger(value) && value >= (type.min ?? -MAX_INTEGER) && value <= (type.max ?? MAX_INTEGER)
    ? value
    : NOT_OF_TYPE;

const readers: { readonly [Kind in TypeKind]: Reader<Kind> } = {
  bool: (_type, value) => (typeof value === "boolean" ? value : NOT_OF_TYPE),
  int: inRange,
  decimal: inRange,
  time: (_type, value) => (isInteger(value) ? value : NOT_OF_TYPE),
  duration: (_type, value) => (isInteger(value) ? value : NOT_OF_TYPE),
  string: (type, value) =>
    typeof value === "string" && value.isWellFormed() && fitsCodePoints(value, type.max ?? Infinity)
      ? value
      : NOT_OF_TYPE,
  enum: (type, value) => (typeof value === "string" && type.members.includes(value) ? value : NOT_OF_TYPE),
  parsed(type, value, parsedTypes) {
    const definition = parsedTypes.get(type.name);
    if (typeof value !== "string" || definition === undefined) return NOT_OF_TYPE;
    // The zero stands for absent values and need not parse.
    return definition.parse(value) ?? (value === definition.zero.canonical ? definition.zero : NOT_OF_TYPE);
  },
  json: (_type, value) => jsonOf(value),
  list: (type, value, parsedTypes) =>
    isList(value) && value.length <= type.max ? readAll(type.of, value, parsedTypes) : NOT_OF_TYPE,
  set(type, value, parsedTypes) {
    const items =
      isList(value) && value.length <= type.max ? readAll(type.of, value, parsedTypes) : NOT_OF_TYPE;
    return items === NOT_OF_TYPE || new Set(items.map(scalarKey)).size === items.length ? items : NOT_OF_TYPE;
  },
  map: (type, value, parsedTypes) =>
    isList(value) && value.length <= type.max ? readMembers(value, () => type.of, parsedTypes) : NOT_OF_TYPE,
  headers: (_type, value, parsedTypes) =>
    readMembers(value, (key) => (/[A-Z]/.test(key) ? undefined : { kind: "string" }), parsedTypes),
  record(type, value, parsedTypes) {
    const members = readMembers(
      value,
      (key) => {
        const found = type.fields.find((field) => field.name === key)?.type;
        return found?.kind === "optional" ? found.of : found;
      },
      parsedTypes,
    );
    if (members === NOT_OF_TYPE) return NOT_OF_TYPE;
    return type.fields.every((field) => field.type.kind === "optional" || members.has(field.name))
      ? members
      : NOT_OF_TYPE;
  },
  optional: (type, value, parsedTypes) => constToValue(type.of, value, parsedTypes),
};

/** The constant in runtime form; `NOT_OF_TYPE` when it is not a constant of the type. Never throws on bounded depth. */
export function constToValue(type: Type, value: ConstValue, parsedTypes: ParsedTypes): Value | NotOfType {
  const reader = readers[type.kind] as Reader<TypeKind>;
  return reader(type as never, value, parsedTypes);
}

function readAll(
  of: Type,
  values: readonly ConstValue[],
  parsedTypes: ParsedTypes,
): readonly Value[] | NotOfType {
  const items = values.map((value) => constToValue(of, value, parsedTypes));
  return items.includes(NOT_OF_TYPE) ? NOT_OF_TYPE : (items as readonly Value[]);
}

function readMembers(
  value: ConstValue,
  typeOfKey: (key: string) => Type | undefined,
  parsedTypes: ParsedTypes,
): ReadonlyMap<string, Value> | NotOfType {
  if (!isList(value)) return NOT_OF_TYPE;
  const members = new Map<string, Value>();
  for (const pair of value) {
    if (!isList(pair) || pair.length !== 2) return NOT_OF_TYPE;
    const [key, member] = pair;
    const type = typeof key === "string" && !members.has(key) ? typeOfKey(key) : undefined;
    if (type === undefined || member === undefined) return NOT_OF_TYPE;
    const read = constToValue(type, member, parsedTypes);
    if (read === NOT_OF_TYPE) return NOT_OF_TYPE;
    members.set(key as string, read);
  }
  return members;
}

/** A constant of type `json`: bool, number, string, array. */
function jsonOf(value: ConstValue): JsonValue | NotOfType {
  if (!isList(value)) return typeof value === "number" && !isInteger(value) ? NOT_OF_TYPE : value;
  const items = value.map(jsonOf);
  return items.includes(NOT_OF_TYPE) ? NOT_OF_TYPE : (items as readonly JsonValue[]);
}
