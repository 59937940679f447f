// JSON in the form whose bytes OPA hashes for `.manifest` and `data.json`: keys by UTF-8 bytes, no spaces, Go's escapes.
//
// Files written in this form hash the same whether a verifier parses them (OPA) or takes their bytes (ours).

import { compareUtf8 } from "../../core/index.ts";

/** What can be written; members that are `undefined` are left out. */
export type PlainJson =
  null | boolean | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson | undefined };

/** Throws a `RangeError` on a number that JSON cannot say. Text has to be well-formed. */
export function canonicalJson(value: PlainJson): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError("JSON has no such number");
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort(compareUtf8)) {
    const member = value[key];
    if (member !== undefined) members.push(`${quote(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}

const isList = (value: PlainJson): value is readonly PlainJson[] => Array.isArray(value);

/** Go's encoder escapes the two line separators; the rest is as in JavaScript. */
const quote = (text: string): string => (PLAIN.test(text) ? `"${text}"` : escaped(text));

/** Nothing that is escaped: nearly all texts of a program. */
const PLAIN = /^[ !#-[\]-~]*$/;
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => (c === "\u2028" ? "\\u2028" : "\\u2029"));
