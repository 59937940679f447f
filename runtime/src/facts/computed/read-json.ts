// Reading JSON that others wrote: nothing is assumed, own properties only.
import { isJsonObject } from "../../core/input/validate-value.ts";
import type { JsonObject, JsonValue } from "../../core/values/value.ts";

const NOTHING: readonly JsonValue[] = [];

/** The member of that name; undefined for anything that has none. */
export const member = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  value !== undefined && isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The place below by names, as far as there is one. */
export const at = (value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined =>
  names.reduce(member, value);

export const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : NOTHING;

export const objectsOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  itemsOf(value).filter((each) => isJsonObject(each));

/** The text, or "" for anything else. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** A finite number, also one written as text; undefined for anything else. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^[0-9]{1,9}(\.[0-9]{1,9})?$/.test(value)) return Number(value);
  return undefined;
}

/** Each once, in the order of first appearance. */
export const distinct = <Item>(items: Iterable<Item>): readonly Item[] => [...new Set(items)];

/** A decimal of at most `digits` fraction digits, as text: for facts of type `decimal`. */
export const decimalText = (value: number, digits = 6): string => {
  const fixed = value.toFixed(digits);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
};
