// Reading JSON that others wrote: own properties only, no key ever reaches a prototype.
import { JsonNumber } from "@aegis/runtime/core";
import type { JsonObject, JsonValue } from "@aegis/runtime/core";

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

export const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

export const member = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

export const text = (value: JsonValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** A finite number, also from a token that a double rounds. */
export function number(value: JsonValue | undefined): number | undefined {
  const found = value instanceof JsonNumber ? Number(value.text) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** Appends a segment to a JSON pointer. */
export const pointerTo = (pointer: string, segment: string | number): string =>
  `${pointer}/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** The value at a JSON pointer (RFC 6901), or undefined. */
export function atPointer(root: JsonValue, pointer: string): JsonValue | undefined {
  if (pointer === "") return root;
  if (!pointer.startsWith("/")) return undefined;
  let value: JsonValue | undefined = root;
  for (const raw of pointer.slice(1).split("/")) {
    const segment = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isArray(value)) value = /^(0|[1-9][0-9]{0,8})$/.test(segment) ? value[Number(segment)] : undefined;
    else if (isObject(value)) value = member(value, segment);
    else return undefined;
  }
  return value;
}
