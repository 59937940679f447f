// The shape of types, fields and constants in the JSON of an IR.
import type { ConstValue, Field, Type, TypeKind } from "../../types/type.ts";
import { MAX_INTEGER } from "../../types/type.ts";
import type { JsonValue } from "../../values/value.ts";
import type { Decoder } from "./shape.ts";
import { ShapeError, array, boolean, byKind, integer, object, oneOf, string } from "./shape.ts";

type TypeOf<Kind extends TypeKind> = Extract<Type, { kind: Kind }>;
const whole = integer(-MAX_INTEGER, MAX_INTEGER);
const size = integer(0);
const type: Decoder<Type> = (json, path) => decodeType(json, path);

const kinds: { readonly [Kind in TypeKind]: Decoder<TypeOf<Kind>> } = {
  bool: object({ kind: oneOf("bool") }),
  int: object({ kind: oneOf("int") }, { min: whole, max: whole }),
  decimal: object({ kind: oneOf("decimal") }, { min: whole, max: whole }),
  string: object({ kind: oneOf("string") }, { max: size }),
  enum: object({ kind: oneOf("enum"), name: string, members: array(string) }),
  parsed: object({ kind: oneOf("parsed"), name: string }),
  time: object({ kind: oneOf("time") }),
  duration: object({ kind: oneOf("duration") }),
  json: object({ kind: oneOf("json") }),
  list: object({ kind: oneOf("list"), of: type, max: size }),
  set: object({ kind: oneOf("set"), of: type, max: size }),
  map: object({ kind: oneOf("map"), of: type, max: size }),
  headers: object({ kind: oneOf("headers") }),
  record: object({ kind: oneOf("record"), fields: (json, path) => decodeFields(json, path), open: boolean }),
  optional: object({ kind: oneOf("optional"), of: type }),
};

export const decodeType: Decoder<Type> = byKind<Type>(new Map(Object.entries(kinds)));

/** Bools, integers, strings, and arrays of them. */
export const decodeConst: Decoder<ConstValue> = (json: JsonValue, path) => {
  if (typeof json === "boolean" || typeof json === "string") return json;
  if (typeof json === "number") return whole(json, path);
  if (Array.isArray(json)) return array(decodeConst)(json as JsonValue, path);
  throw new ShapeError(path, "expected a constant");
};

export const decodeFields: Decoder<readonly Field[]> = array(
  object({ name: string, type }, { default: decodeConst, doc: string }),
);
