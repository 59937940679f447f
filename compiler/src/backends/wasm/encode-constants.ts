// Constants of the program as the runtime's values.
import { compareUtf8, type ConstValue, isScalar, type Type, utf8Length } from "@aegis/runtime/core";
import { ABSENT, wide, type Wide } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";

/** Tags of the runtime's JSON nodes. */
const NODE = { false: 1, true: 2, number: 3, string: 4, array: 5 } as const;

/** `value` is a constant of the type: the decoder of programs has checked that. */
export function encodeConstant(type: Type, value: ConstValue, context: EncodeContext): Wide {
  const { image } = context;
  switch (type.kind) {
    case "bool":
      return wide(value === true ? 1 : 0);
    case "int":
    case "decimal":
    case "time":
    case "duration":
      return wide(Number(value));
    case "string":
    case "enum":
      return image.text(String(value));
    case "parsed":
      return [parsedCell(type.name, String(value), context), 0];
    case "json":
      return [image.words(jsonWords(value, context)), 0];
    case "list":
    case "set":
      return [itemList(type.of, items(value), context), 0];
    case "map":
      return [memberMap(type.of, members(value), context), 0];
    case "headers":
      return [memberMap({ kind: "string" }, members(value), context), 0];
    case "record": {
      const given = new Map(members(value));
      const fields = type.fields.flatMap(({ name, type: of }) => {
        const member = given.get(name);
        return member === undefined ? ABSENT : encodeConstant(of, member, context);
      });
      return [image.words(fields.length === 0 ? [0] : fields), 0];
    }
    case "optional":
      return encodeConstant(type.of, value, context);
  }
}

const items = (value: ConstValue): readonly ConstValue[] =>
  Array.isArray(value) ? (value as readonly ConstValue[]) : [];

const members = (value: ConstValue): readonly (readonly [string, ConstValue])[] =>
  items(value).map((pair) => {
    const [key = "", member = false] = items(pair);
    return [String(key), member];
  });

/** Text and canonical text. The zero of a type stands for absent values and need not parse. */
function parsedCell(name: string, text: string, { parsedTypes, image }: EncodeContext): number {
  const definition = parsedTypes.get(name);
  const value = definition?.parse(text) ?? definition?.zero;
  if (value === undefined) throw new RangeError("the program names a parsed type that does not exist");
  return image.words([...image.text(value.text), ...image.text(value.canonical)]);
}

/** Items of scalars stand in the order by which the runtime looks them up; nothing else depends on it. */
function itemList(of: Type, values: readonly ConstValue[], context: EncodeContext): number {
  const isSorted = isScalar(of) && values.length > 0;
  const ordered = isSorted ? sorted(of, values, context) : values;
  return context.image.words([
    values.length,
    Number(isSorted),
    ...ordered.flatMap((item) => encodeConstant(of, item, context)),
  ]);
}

function sorted(
  of: Type,
  values: readonly ConstValue[],
  { parsedTypes }: EncodeContext,
): readonly ConstValue[] {
  const textOf = (value: ConstValue): string =>
    of.kind === "parsed"
      ? (parsedTypes.get(of.name)?.parse(String(value))?.canonical ?? String(value))
      : String(value);
  if (of.kind === "string" || of.kind === "enum" || of.kind === "parsed") {
    return values
      .map((value) => ({ value, text: textOf(value) }))
      .sort((a, b) => utf8Length(a.text) - utf8Length(b.text) || compareUtf8(a.text, b.text))
      .map(({ value }) => value);
  }
  return [...values].sort((a, b) => Number(a) - Number(b));
}

function memberMap(
  of: Type,
  given: readonly (readonly [string, ConstValue])[],
  context: EncodeContext,
): number {
  return context.image.words([
    given.length,
    0,
    ...given.flatMap(([key, member]) => [...context.image.text(key), ...encodeConstant(of, member, context)]),
  ]);
}

/** A node as the reader of requests makes them. */
function jsonWords(value: ConstValue, context: EncodeContext): readonly number[] {
  const { image } = context;
  if (typeof value === "boolean") return [value ? NODE.true : NODE.false, 0, 0, 0];
  if (typeof value === "number") return [NODE.number, ...image.text(JSON.stringify(value)), 0];
  if (typeof value === "string") return [NODE.string, ...image.text(value), 0];
  // The last item first, as each names the next.
  const first = value.reduceRight<number>((next, item) => {
    const [tag = 0, low = 0, high = 0] = jsonWords(item, context);
    return image.words([tag, low, high, next]);
  }, 0);
  return [NODE.array, first, value.length, 0];
}
