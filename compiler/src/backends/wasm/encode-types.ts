// Types as tables: what the runtime's readers of values look at.
import { type Field, MAX_INTEGER, type Type, type TypeKind, utf8Length } from "@aegis/runtime/core";
import { ABSENT, BAD, wide, type Wide } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import { encodeConstant } from "./encode-constants.ts";

type TypeOf<Kind extends TypeKind> = Extract<Type, { kind: Kind }>;

/** How the runtime compares scalars of a type. */
export const COMPARE = { number: 0, text: 1, canonical: 2 } as const;

export function compareMode(type: Type): number {
  if (type.kind === "parsed") return COMPARE.canonical;
  return type.kind === "string" || type.kind === "enum" ? COMPARE.text : COMPARE.number;
}

/** How the runtime writes a scalar as a key of a label or counter. */
export function keyMode(type: Type): number {
  switch (type.kind) {
    case "string":
    case "enum":
      return 1;
    case "parsed":
      return 2;
    case "bool":
      return 3;
    case "decimal":
      return 4;
    default:
      return 0;
  }
}

const most = (max: number): number => Math.min(max, 0xffff_ffff);

const encoders: {
  readonly [Kind in TypeKind]: (type: TypeOf<Kind>, context: EncodeContext) => readonly number[];
} = {
  bool: (_type, { functions }) => [functions.number("rd_bool")],
  int: (type, context) => ranged("rd_int", type, context),
  decimal: (type, context) => ranged("rd_decimal", type, context),
  string: ({ max }, { functions }) =>
    max === undefined ? [functions.number("rd_string")] : [functions.number("rd_short"), most(max)],
  enum: ({ members }, { functions, image }) => [
    functions.number("rd_enum"),
    members.length,
    ...members.flatMap((member) => image.text(member)),
  ],
  parsed: ({ name }, context) => [context.functions.number("rd_parsed"), context.parser(name)],
  time: (_type, { functions }) => [functions.number("rd_time")],
  duration: (_type, { functions }) => [functions.number("rd_duration")],
  json: (_type, { functions }) => [functions.number("rd_json")],
  list: ({ of, max }, context) => [context.functions.number("rd_list"), most(max), encodeType(of, context)],
  set: ({ of, max }, context) => [
    context.functions.number("rd_set"),
    most(max),
    encodeType(of, context),
    compareMode(of),
  ],
  map: ({ of, max }, context) => [context.functions.number("rd_map"), most(max), encodeType(of, context)],
  headers: (_type, { functions }) => [functions.number("rd_headers")],
  record: ({ fields, open }, context) => [
    context.functions.number("rd_record"),
    ...recordWords(
      fields.map((field) => encodeField(field, context)),
      open,
    ),
  ],
  optional: ({ of }, context) => [context.functions.number("rd_optional"), encodeType(of, context)],
};

function ranged(
  reader: string,
  { min = -MAX_INTEGER, max = MAX_INTEGER }: { readonly min?: number; readonly max?: number },
  { functions }: EncodeContext,
): readonly number[] {
  return [functions.number(reader), 0, ...wide(min), ...wide(max)];
}

/** A field of a record: its name, the address of its type, how the runtime reads it, and what stands for it when it is missing. */
export interface RecordField {
  readonly name: Wide;
  readonly type: number;
  readonly how: number;
  readonly missing: Wide;
}

const FIELD_BYTES = 16;

/** What stands behind the reader of a record type. */
export function recordWords(fields: readonly RecordField[], open: boolean): readonly number[] {
  const needed = fields.map(({ missing: [low, high] }) => Number(low === BAD[0] && high === BAD[1]));
  const bits = (from: number): number =>
    needed.slice(from, from + 32).reduce((all, bit, index) => all + bit * 2 ** index, 0);
  const offset = (index: number): number => FIELD_BYTES * (index % fields.length);
  return [
    fields.length,
    Number(open),
    0,
    bits(0),
    bits(32),
    ...fields.flatMap(({ name: [at, length], type, how }, index) => [
      at,
      length,
      type,
      (offset(index + 1) & 0xffff) + Math.max(0, 64 - length * 8) * 2 ** 16 + how * 2 ** 24,
    ]),
    ...fields.flatMap(({ missing }) => missing),
  ];
}

export function encodeField({ name, type, default: value }: Field, context: EncodeContext): RecordField {
  return {
    name: context.image.text(name),
    type: encodeType(type, context),
    how: howOf(type),
    missing: missing(type, value, context),
  };
}

function missing(type: Type, value: Field["default"], context: EncodeContext): Wide {
  if (value !== undefined) return encodeConstant(type, value, context);
  return type.kind === "optional" ? ABSENT : BAD;
}

/** Names that JSON text holds as they are, when it holds them without escapes. */
const STANDS = /^[ !#-[\]-\u{10ffff}]*$/u;
/** Bytes of the longest name that the runtime looks for in the text, and fields of a record of which it knows which it has seen. */
const LONGEST = 64;
const MOST_FIELDS = 64;

/** How the runtime reads a field from text: mostly by way of a node, which is kept for json alone. */
export const HOW = {
  node: 0,
  kept: 1,
  text: 2,
  quoted: 3,
  time: 4,
  integer: 5,
  texts: 6,
  record: 7,
  args: 8,
  /** Added where null may stand for what is absent. */
  optional: 16,
} as const;

function howOf(type: Type): number {
  switch (type.kind) {
    case "json":
      return HOW.kept;
    case "string":
      return type.max === undefined ? HOW.text : HOW.quoted;
    case "enum":
    case "parsed":
    case "duration":
      return HOW.quoted;
    case "time":
      return HOW.time;
    case "int":
      return HOW.integer;
    case "list":
      return type.of.kind === "string" && type.of.max === undefined ? HOW.texts : HOW.node;
    case "record":
      return recordHow(type);
    case "optional":
      return HOW.optional + (type.of.kind === "optional" ? HOW.node : howOf(type.of));
    default:
      return HOW.node;
  }
}

const recordHow = ({ fields }: TypeOf<"record">): number =>
  fields.length > 0 &&
  fields.length <= MOST_FIELDS &&
  fields.every(({ name }) => STANDS.test(name) && utf8Length(name) <= LONGEST)
    ? HOW.record
    : HOW.node;

/** Its address; a type that stands at many places is encoded once. */
export function encodeType(type: Type, context: EncodeContext): number {
  if (type.kind === "record") return encodeRecord(type.fields, type.open, context);
  const known = context.types.get(type);
  if (known !== undefined) return known;
  const address = typeAddress(type, context);
  context.types.set(type, address);
  return address;
}

/** The same for the type of a record. */
export function encodeRecord(fields: readonly Field[], open: boolean, context: EncodeContext): number {
  const records = context.records[open ? "open" : "closed"];
  const known = records.get(fields);
  if (known !== undefined) return known;
  const address = typeAddress({ kind: "record", fields, open }, context);
  records.set(fields, address);
  return address;
}

function typeAddress(type: Type, context: EncodeContext): number {
  const encode = encoders[type.kind] as (type: Type, context: EncodeContext) => readonly number[];
  const [reader = 0, ...words] = encode(type, context);
  // Of the arguments the runtime has nothing but the type.
  const how = type.kind === "record" ? recordHow(type) : HOW.node;
  return context.image.words([reader | (how << 16), ...words]);
}
