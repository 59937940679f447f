// Types as tables: what the runtime's readers of values look at.
import { type Field, MAX_INTEGER, type Type, type TypeKind } from "@aegis/runtime/core";
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
    fields.length,
    Number(open),
    0,
    ...fields.flatMap((field) => encodeField(field, context)),
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

/** Name, type, and what stands in when the field is missing. */
function encodeField({ name, type, default: value }: Field, context: EncodeContext): readonly number[] {
  return [...context.image.text(name), encodeType(type, context), 0, ...missing(type, value, context)];
}

function missing(type: Type, value: Field["default"], context: EncodeContext): Wide {
  if (value !== undefined) return encodeConstant(type, value, context);
  return type.kind === "optional" ? ABSENT : BAD;
}

/** Names that JSON text holds as they are, when it holds them without escapes. */
const STANDS = /^[ !#-[\]-\u{10ffff}]*$/u;

/** How the runtime reads a type from text; what is not here goes by way of a node that is not kept. */
const MANNERS: { readonly [Kind in TypeKind]: (type: TypeOf<Kind>) => number } = {
  bool: () => 0,
  int: () => 5,
  decimal: () => 0,
  string: ({ max }) => (max === undefined ? 2 : 0),
  enum: () => 0,
  parsed: () => 0,
  time: () => 0,
  duration: () => 0,
  json: () => 1,
  list: ({ of }) => (of.kind === "string" && of.max === undefined ? 6 : 0),
  set: () => 0,
  map: () => 0,
  headers: () => 0,
  record: ({ fields }) => (fields.every(({ name }) => STANDS.test(name)) ? 3 : 0),
  optional: () => 4,
};

/** Its address. */
export function encodeType(type: Type, context: EncodeContext): number {
  const manner = MANNERS[type.kind] as (type: Type) => number;
  return encodeRead(type, manner(type), context);
}

/** Address of a record type that is read by way of nodes. */
export const encodeNodeRecord = (type: TypeOf<"record">, context: EncodeContext): number =>
  encodeRead(type, 0, context);

function encodeRead(type: Type, manner: number, context: EncodeContext): number {
  const encode = encoders[type.kind] as (type: Type, context: EncodeContext) => readonly number[];
  const [reader = 0, ...words] = encode(type, context);
  return context.image.words([reader | (manner << 16), ...words]);
}
