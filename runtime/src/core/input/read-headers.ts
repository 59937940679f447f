// HTTP headers of a request: ASCII case-insensitive names, one plain string each.
import { asciiLower } from "../builtins/lower.ts";
import { DEFAULT_MAX_ITEMS } from "../types/type.ts";
import { NOT_OF_TYPE } from "../values/const-value.ts";
import type { NotOfType } from "../values/const-value.ts";
import type { JsonObject } from "../values/value.ts";

/** A field name of RFC 9110. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What would end the line that the header stands on. */
const LINE_END = /[\0\r\n]/;

/** By lower-case name; two names that are equal but for case are refused, as programs differ in which one counts. */
export function readHeaders(json: JsonObject): ReadonlyMap<string, string> | NotOfType {
  const headers = new Map<string, string>();
  const names = Object.keys(json);
  if (names.length > DEFAULT_MAX_ITEMS) return NOT_OF_TYPE;
  for (const name of names) {
    const value = json[name];
    const lowered = asciiLower(name);
    if (!NAME.test(name) || headers.has(lowered)) return NOT_OF_TYPE;
    if (typeof value !== "string" || LINE_END.test(value)) return NOT_OF_TYPE;
    headers.set(lowered, value);
  }
  return headers;
}
