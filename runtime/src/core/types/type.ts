// The type language as data: shared by declarations, the IR, input validation and generators.

/** Largest absolute value of an `int`, and of a `decimal` counted in millionths. */
export const MAX_INTEGER = 9_007_199_254_740_991;
/** `decimal` counts millionths. */
export const DECIMAL_SCALE = 1_000_000;
/** Bound of a collection that declares none. */
export const DEFAULT_MAX_ITEMS = 1000;
/** `args.all(T)` is never taken for longer than this in costs; what is longer in types cannot be in a request of 1 MiB. */
export const MAX_GATHERED = 10_000;

export interface BoolType {
  readonly kind: "bool";
}
/** Whole numbers; `min` and `max` are inclusive and narrow the accepted range. */
export interface IntType {
  readonly kind: "int";
  readonly min?: number;
  readonly max?: number;
}
/** Decimals with six fraction digits; values, `min` and `max` are integers counting millionths. */
export interface DecimalType {
  readonly kind: "decimal";
  readonly min?: number;
  readonly max?: number;
}
/** Well-formed Unicode text; `max` bounds its length in code points. */
export interface StringType {
  readonly kind: "string";
  readonly max?: number;
}
/** A closed set of names. `name` is for messages and identity: two enums are the same type iff name and members agree. */
export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly members: readonly string[];
}
/** A strictly parsed text such as `url`; `name` is a key of the parsed-type registry. */
export interface ParsedTypeRef {
  readonly kind: "parsed";
  readonly name: string;
}
/** A moment: milliseconds since 1970 in UTC. */
export interface TimeType {
  readonly kind: "time";
}
/** A span of time in milliseconds. */
export interface DurationType {
  readonly kind: "duration";
}
/** Opaque JSON: redacted, matched and forwarded, not read. */
export interface JsonType {
  readonly kind: "json";
}
export interface ListType {
  readonly kind: "list";
  readonly of: Type;
  readonly max: number;
}
/** Unordered, of scalars; a JSON array whose duplicates collapse. */
export interface SetType {
  readonly kind: "set";
  readonly of: Type;
  readonly max: number;
}
/** String keys; a JSON object. */
export interface MapType {
  readonly kind: "map";
  readonly of: Type;
  readonly max: number;
}
/** HTTP headers: ASCII case-insensitive names, one plain string each. */
export interface HeadersType {
  readonly kind: "headers";
}
export interface RecordType {
  readonly kind: "record";
  readonly fields: readonly Field[];
  /** Open records accept, ignore and forward fields that they do not declare. */
  readonly open: boolean;
}
/** A value that may be absent (missing, or JSON null). Never nested. */
export interface OptionalType {
  readonly kind: "optional";
  readonly of: Type;
}

export type Type =
  | BoolType
  | IntType
  | DecimalType
  | StringType
  | EnumType
  | ParsedTypeRef
  | TimeType
  | DurationType
  | JsonType
  | ListType
  | SetType
  | MapType
  | HeadersType
  | RecordType
  | OptionalType;

export type TypeKind = Type["kind"];

/** A field of a record, a parameter of an action, or an attribute of agent or context. */
export interface Field {
  readonly name: string;
  /** `optional` when the field may be absent and has no default. */
  readonly type: Type;
  /** Made explicit when the field is absent; in JSON form (see `ConstValue`). */
  readonly default?: ConstValue;
  /** Text of the tool's own documentation, shown by the editor, never evaluated. */
  readonly doc?: string;
}

/**
 * A constant of a type, as plain JSON: bool, string and enum as themselves, int and duration and time as integers,
 * decimal as an integer of millionths, parsed types as canonical text, lists and sets as arrays (sets sorted by
 * UTF-8 bytes or number, without duplicates), maps and records as arrays of [key, value] pairs sorted by key.
 */
export type ConstValue = boolean | number | string | readonly ConstValue[];

export const BOOL: BoolType = { kind: "bool" };
export const INT: IntType = { kind: "int" };
export const DECIMAL: DecimalType = { kind: "decimal" };
export const STRING: StringType = { kind: "string" };
export const TIME: TimeType = { kind: "time" };
export const DURATION: DurationType = { kind: "duration" };
export const JSON_TYPE: JsonType = { kind: "json" };
export const HEADERS: HeadersType = { kind: "headers" };
/** The type of `result.status`. */
export const RESULT_STATUS: EnumType = {
  kind: "enum",
  name: "ResultStatus",
  members: ["ok", "error", "unknown"],
};
export const parsed = (name: string): ParsedTypeRef => ({ kind: "parsed", name });
export const listOf = (of: Type, max = DEFAULT_MAX_ITEMS): ListType => ({ kind: "list", of, max });
export const setOf = (of: Type, max = DEFAULT_MAX_ITEMS): SetType => ({ kind: "set", of, max });
export const mapOf = (of: Type, max = DEFAULT_MAX_ITEMS): MapType => ({ kind: "map", of, max });
export const optional = (of: Type): OptionalType => (of.kind === "optional" ? of : { kind: "optional", of });
/** The type without its optionality. */
export const required = (type: Type): Exclude<Type, OptionalType> =>
  (type.kind === "optional" ? type.of : type) as Exclude<Type, OptionalType>;
