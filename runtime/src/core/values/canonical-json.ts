// Canonical JSON text (RFC 8785), the form that is compared and digested.
import { JsonNumber } from "./value.ts";

/**
 * Of plain JSON data: members that are undefined are left out; keys in UTF-16 order, numbers as ECMAScript prints them.
 * A `JsonNumber`, which no double holds, keeps the text received.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof JsonNumber) return value.text;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
