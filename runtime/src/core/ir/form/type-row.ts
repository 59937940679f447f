// Types, fields and constants in the JSON of a program.
import type { ConstValue, Field, Type, TypeKind } from "../../types/type.ts";
import { MAX_INTEGER } from "../../types/type.ts";
import { newJsonObject } from "../../values/json-object.ts";
import type { Codec } from "./codec.ts";
import { array, boolean, byKind, integer, misshapen, nested, orMissing, row, string, type } from "./codec.ts";

type TypeOf<Kind extends TypeKind> = Extract<Type, { kind: Kind }>;

const whole = integer(-MAX_INTEGER, MAX_INTEGER);
const size = integer(0);
const scalar: Codec<boolean | number | string> = {
  encode: (value) => JSON.stringify(value),
  decode(json, from) {
    if (typeof json === "number") return whole.decode(json, from);
    if (typeof json === "string") return string.decode(json, from);
    return typeof json === "boolean" ? json : misshapen("expected a constant");
  },
};

/** Bools, integers, strings, and arrays of them. */
export const constValue: Codec<ConstValue> = nested(scalar);

/** Members that are undefined are left out. Bare, so that nothing on `Object.prototype` passes for an optional member. */
export function bare<T extends object>(members: { readonly [Key in keyof T]-?: T[Key] | undefined }): T {
  const made = newJsonObject() as Record<string, unknown>;
  for (const key of Object.keys(members) as (keyof T & string)[])
    if (members[key] !== undefined) made[key] = members[key];
  return made as T;
}

const field = row(
  [string, type, orMissing(constValue), orMissing(string)],
  (value: Field) => [value.name, value.type, value.default, value.doc],
  (name, of, value, doc) => bare<Field>({ name, type: of, default: value, doc }),
);

export const fields: Codec<readonly Field[]> = array(field);

const alone = <Kind extends string>(kind: Kind): Codec<{ readonly kind: Kind }> =>
  row(
    [],
    () => [],
    () => ({ kind }),
    [kind],
  );
interface Ranged<Kind> {
  readonly kind: Kind;
  readonly min?: number;
  readonly max?: number;
}
const ranged = <Kind extends string>(kind: Kind): Codec<Ranged<Kind>> =>
  row(
    [orMissing(whole), orMissing(whole)],
    ({ min, max }: Ranged<Kind>) => [min, max],
    (min, max) => bare<Ranged<Kind>>({ kind, min, max }),
    [kind],
  );
interface Collection<Kind> {
  readonly kind: Kind;
  readonly of: Type;
  readonly max: number;
}
const collection = <Kind extends string>(kind: Kind): Codec<Collection<Kind>> =>
  row(
    [type, size],
    ({ of, max }: Collection<Kind>) => [of, max],
    (of, max) => ({ kind, of, max }),
    [kind],
  );

/** A row of the table of types: its kind, then its parts. */
export const typeRow: Codec<Type> = byKind<Type>({
  bool: alone,
  int: ranged,
  decimal: ranged,
  string: (kind) =>
    row(
      [orMissing(size)],
      ({ max }: TypeOf<"string">) => [max],
      (max) => bare<TypeOf<"string">>({ kind, max }),
      [kind],
    ),
  enum: (kind) =>
    row(
      [string, array(string)],
      ({ name, members }: TypeOf<"enum">) => [name, members],
      (name, members) => ({ kind, name, members }),
      [kind],
    ),
  parsed: (kind) =>
    row(
      [string],
      ({ name }: TypeOf<"parsed">) => [name],
      (name) => ({ kind, name }),
      [kind],
    ),
  time: alone,
  duration: alone,
  json: alone,
  list: collection,
  set: collection,
  map: collection,
  headers: alone,
  record: (kind) =>
    row(
      [fields, boolean],
      (value: TypeOf<"record">) => [value.fields, value.open],
      (of, open) => ({ kind, fields: of, open }),
      [kind],
    ),
  optional: (kind) =>
    row(
      [type],
      ({ of }: TypeOf<"optional">) => [of],
      (of) => ({ kind, of }),
      [kind],
    ),
});
