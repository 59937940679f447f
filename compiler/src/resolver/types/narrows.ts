// Which types a refinement may put in place of which: every value of `to` must be one that `from` accepts on the wire.
import type { Field, RecordType, Type } from "@aegis/runtime/core";
import { DECIMAL_SCALE, required, sameType } from "@aegis/runtime/core";

interface Range {
  readonly min?: number;
  readonly max?: number;
}
const rangeWithin = (to: Range, from: Range, scale = 1): boolean =>
  (from.min === undefined || (to.min !== undefined && to.min * scale >= from.min)) &&
  (from.max === undefined || (to.max !== undefined && to.max * scale <= from.max));
const lengthWithin = (to: { readonly max?: number }, from: { readonly max?: number }): boolean =>
  from.max === undefined || (to.max !== undefined && to.max <= from.max);

type Row<Kind extends Type["kind"]> = (from: Extract<Type, { kind: Kind }>, to: Type) => boolean;

/** By the kind of the wider type. */
const ROWS: { readonly [Kind in Type["kind"]]: Row<Kind> } = {
  json: () => true,
  bool: (_, to) => to.kind === "bool",
  int: (from, to) => to.kind === "int" && rangeWithin(to, from),
  decimal: (from, to) =>
    (to.kind === "decimal" && rangeWithin(to, from)) ||
    (to.kind === "int" && rangeWithin(to, from, DECIMAL_SCALE)),
  // Enums, parsed types, times and durations are texts on the wire; their own grammars bound them.
  string: (from, to) =>
    (to.kind === "string" && lengthWithin(to, from)) ||
    (to.kind === "enum" &&
      to.members.every((member) => from.max === undefined || [...member].length <= from.max)) ||
    (from.max === undefined && (to.kind === "parsed" || to.kind === "time" || to.kind === "duration")),
  enum: (from, to) => to.kind === "enum" && to.members.every((member) => from.members.includes(member)),
  parsed: sameType,
  time: sameType,
  duration: sameType,
  headers: sameType,
  // A set is an array too; what is forwarded is what came.
  list: (from, to) =>
    (to.kind === "list" || to.kind === "set") && to.max <= from.max && narrows(from.of, to.of),
  set: (from, to) => to.kind === "set" && to.max <= from.max && narrows(from.of, to.of),
  map: (from, to) =>
    (to.kind === "map" && to.max <= from.max && narrows(from.of, to.of)) ||
    (to.kind === "headers" && from.of.kind === "string" && from.of.max === undefined) ||
    (to.kind === "record" && !to.open && to.fields.every((field) => narrows(from.of, required(field.type)))),
  record: (from, to) => to.kind === "record" && recordNarrows(from, to),
  optional: (from, to) => narrows(from.of, required(to)),
};

/** True when a refinement may say `to` where the manifest says `from`. Whether the place is optional is not looked at. */
export function narrows(from: Type, to: Type): boolean {
  const wider = required(from);
  const narrower = required(to);
  return (ROWS[wider.kind] as (from: Type, to: Type) => boolean)(wider, narrower);
}

function recordNarrows(from: RecordType, to: RecordType): boolean {
  if (to.open && !from.open) return false;
  const wide = new Map<string, Field>(from.fields.map((field) => [field.name, field]));
  for (const field of to.fields) {
    const wider = wide.get(field.name);
    if (wider === undefined ? !from.open : !narrows(wider.type, field.type)) return false;
    // A field that the manifest requires cannot become one that may be absent.
    if (wider !== undefined && wider.type.kind !== "optional" && field.type.kind === "optional") return false;
    wide.delete(field.name);
  }
  return [...wide.values()].every((field) => field.type.kind === "optional" || field.default !== undefined);
}
