// Scalars in runtime form: when two are equal, and as keys of native sets and maps.
import type { ParsedValue } from "../types/parsed-type.ts";
import type { Value } from "./value.ts";

/** What stands for a scalar in native sets and maps: parsed values by canonical text. Only for scalars of one type. */
export function scalarKey(value: Value): Value {
  return isParsedValue(value) ? value.canonical : value;
}

/** Equality of scalars of one type. */
export const sameScalar = (left: Value, right: Value): boolean => scalarKey(left) === scalarKey(right);

/** For values whose type is known not to be `json`, a map or a record. */
export function isParsedValue(value: Value): value is ParsedValue {
  return typeof value === "object" && value !== null && "canonical" in value && "part" in value;
}
