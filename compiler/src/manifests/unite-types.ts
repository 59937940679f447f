// The one type that holds the values of several, if there is one short of `json`.
import { sameType } from "@aegis/runtime/core";
import { DECIMAL_SCALE, MAX_INTEGER } from "@aegis/runtime/core";
import type { DecimalType, EnumType, IntType, Type } from "@aegis/runtime/core";

/** `widened` when the union holds values that none of the parts does. */
export function uniteTypes(
  types: readonly Type[],
): { readonly type: Type; readonly widened: boolean } | undefined {
  const [first, ...rest] = types;
  if (first === undefined) return undefined;
  if (rest.length === 0) return { type: first, widened: false };
  const isEnum = (type: Type): type is EnumType => type.kind === "enum";
  if (types.every(isEnum))
    return {
      type: {
        kind: "enum",
        name: isEnum(first) ? first.name : "",
        members: [...new Set(types.flatMap((each) => each.members))],
      },
      widened: false,
    };
  if (types.every((each) => each.kind === "string" || each.kind === "enum")) {
    const max = uniteBound(types.map((each) => (each.kind === "string" ? each.max : longest(each))));
    return { type: { kind: "string", ...(max === undefined ? {} : { max }) }, widened: false };
  }
  if (types.every((each) => each.kind === "int" || each.kind === "decimal")) return uniteNumbers(types);
  if (types.every((each) => JSON.stringify(each) === JSON.stringify(first)))
    return { type: first, widened: false };
  // Lists of one element type differ only in their bound.
  if (first.kind === "list" && types.every((each) => sameType(each, first) && noBoundsBelow(each)))
    return {
      type: { ...first, max: Math.max(...types.map((each) => (each.kind === "list" ? each.max : 0))) },
      widened: false,
    };
  return undefined;
}

const longest = (type: Type): number =>
  type.kind === "enum" ? Math.max(...type.members.map((each) => [...each].length)) : 0;

const uniteBound = (bounds: readonly (number | undefined)[]): number | undefined =>
  bounds.reduce((sofar, each) =>
    sofar === undefined || each === undefined ? undefined : Math.max(sofar, each),
  );

const noBoundsBelow = (type: Type): boolean =>
  type.kind === "list" && ["bool", "json", "time", "duration", "headers", "parsed"].includes(type.of.kind);

function uniteNumbers(types: readonly (IntType | DecimalType)[]): {
  readonly type: Type;
  readonly widened: boolean;
} {
  const kind = types.some((each) => each.kind === "decimal") ? "decimal" : "int";
  const inUnits = (type: IntType | DecimalType, bound: number | undefined): number | undefined => {
    if (bound === undefined || type.kind === kind) return bound;
    const scaled = bound * DECIMAL_SCALE;
    return Math.abs(scaled) > MAX_INTEGER ? undefined : scaled;
  };
  const lows = types.map((each) => inUnits(each, each.min));
  const highs = types.map((each) => inUnits(each, each.max));
  const min = lows.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.min(a, b)));
  const max = highs.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)));
  return {
    type: { kind, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    // The hull of several ranges; also an int beside a decimal loses its wholeness.
    widened: new Set(types.map((each) => JSON.stringify(each))).size > 1,
  };
}
