// Arbitraries of JSON that fits a type: boundary values, the program's own constants, and ordinary ones.
import fc from "fast-check";
import {
  DECIMAL_SCALE,
  MAX_INTEGER,
  printDecimal,
  printDuration,
  printTime,
  type Field,
  type JsonValue,
  type ParsedTypes,
  type Type,
  type TypeKind,
} from "@aegis/runtime/core";
import { poolKey, type ConstantPool } from "./constant-pool.ts";

export interface ValueSource {
  readonly pool: ConstantPool;
  readonly parsedTypes: ParsedTypes;
}

type Generator<Kind extends TypeKind> = (
  type: Extract<Type, { kind: Kind }>,
  source: ValueSource,
) => fc.Arbitrary<JsonValue>;

const generators: { readonly [Kind in TypeKind]: Generator<Kind> } = {
  bool: () => fc.boolean(),
  int: (type, source) => number(type, source, 1, (value) => value),
  decimal: (type, source) => number(type, source, DECIMAL_SCALE, (value) => printDecimal(value)),
  string: (type, source) =>
    fc.oneof(
      ...constants(source, type),
      fc.constantFrom("", "main", "a", "é", "😀", " "),
      fc
        .string({ unit: "grapheme", maxLength: Math.min(12, type.max ?? 12) })
        .filter((text) => text.isWellFormed()),
    ),
  enum: (type) => fc.constantFrom(...type.members),
  parsed(type, source) {
    const examples = source.parsedTypes.get(type.name)?.examples.valid.map((each) => each.text) ?? [];
    return fc.oneof(...constants(source, type), fc.constantFrom(...examples));
  },
  time: (type, source) =>
    fc.oneof(
      ...constants(source, type, (value) => printTime(Number(value))),
      fc.integer({ min: 0, max: 4_102_444_800_000 }).map(printTime),
    ),
  duration: (type, source) =>
    fc.oneof(
      ...constants(source, type, (value) => printDuration(Number(value))),
      fc.nat(86_400_000).map(printDuration),
    ),
  json: () => fc.jsonValue({ maxDepth: 2, noUnicodeString: false }).map((value) => value as JsonValue),
  list: (type, source) => fc.array(valueOf(type.of, source), { maxLength: Math.min(4, type.max) }),
  set: (type, source) => fc.array(valueOf(type.of, source), { maxLength: Math.min(4, type.max) }),
  map: (type, source) =>
    fc.dictionary(fc.constantFrom("a", "b", "key"), valueOf(type.of, source), {
      maxKeys: Math.min(3, type.max),
    }),
  headers: () =>
    fc.dictionary(
      fc.constantFrom("Authorization", "accept", "X-Trace"),
      fc.constantFrom("Bearer x", "text/plain", ""),
      { maxKeys: 3 },
    ),
  record: (type, source) => fieldsOf(type.fields, source),
  optional: (type, source) => fc.oneof(fc.constant(null), valueOf(type.of, source)),
};

/** JSON that is valid for the type (an optional may be null). */
export function valueOf(type: Type, source: ValueSource): fc.Arbitrary<JsonValue> {
  const generate = generators[type.kind] as Generator<TypeKind>;
  return generate(type as never, source);
}

/** An object with all required fields and some of the optional ones. */
export function fieldsOf(
  fields: readonly Field[],
  source: ValueSource,
): fc.Arbitrary<Record<string, JsonValue>> {
  const requiredKeys = fields
    .filter((each) => each.type.kind !== "optional" && each.default === undefined)
    .map((each) => each.name);
  const model = Object.fromEntries(fields.map((each) => [each.name, valueOf(each.type, source)]));
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Record<string, JsonValue>>;
}

function constants(
  source: ValueSource,
  type: Type,
  print: (value: unknown) => JsonValue = (value) => value as JsonValue,
): fc.Arbitrary<JsonValue>[] {
  const known = source.pool.get(poolKey(type)) ?? [];
  return known.length === 0 ? [] : [fc.constantFrom(...known.map(print))];
}

/** Numbers around every constant and bound, and others; `unit` is the smallest interesting step. */
function number(
  type: { readonly kind: "int" | "decimal"; readonly min?: number; readonly max?: number },
  source: ValueSource,
  unit: number,
  print: (value: number) => JsonValue,
): fc.Arbitrary<JsonValue> {
  const min = type.min ?? -MAX_INTEGER;
  const max = type.max ?? MAX_INTEGER;
  const near = [...(source.pool.get(type.kind) ?? []).map(Number), min, max, 0].flatMap((each) => [
    each - 1,
    each,
    each + 1,
    each - unit,
    each + unit,
  ]);
  const inside = [...new Set(near)].filter(
    (each) => each >= min && each <= max && Number.isSafeInteger(each),
  );
  return fc
    .oneof(
      fc.constantFrom(...inside),
      fc
        .integer({ min: Math.max(min, -1000), max: Math.min(max, 1000) })
        .map((each) => Math.min(max, Math.max(min, each * unit))),
    )
    .map(print);
}
