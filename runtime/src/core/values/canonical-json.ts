// Canonical JSON text (RFC 8785), the form that is compared and digested.
import { JsonNumber } from "./value.ts";

/**
 * Of plain JSON data: members that are undefined are left out; keys in UTF-16 order, numbers as ECMAScript prints them.
 * A `JsonNumber`, which no double holds, keeps the text received.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value instanceof JsonNumber) return value.text;
  if (typeof value === "object" && value !== null) {
    // Written for programs of megabytes: no list of entries in between.
    const object = value as Readonly<Record<string, unknown>>;
    let members = "";
    for (const key of Object.keys(object).sort()) {
      const member = object[key];
      if (member === undefined) continue;
      members += `${members === "" ? "" : ","}${quoted(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  return JSON.stringify(value) ?? "null";
}

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
/** Nothing that is escaped in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;
