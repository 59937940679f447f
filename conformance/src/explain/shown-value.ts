// A value in runtime form as people read it, cut to a line.
import { isParsedValue, JsonNumber, type Value } from "@aegis/runtime/core";

const MAX_SHOWN = 200;

/** JSON-like text; absent values are `absent`. */
export function shownValue(value: Value): string {
  const text = value === undefined ? "absent" : JSON.stringify(plain(value));
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, "")}…`;
}

function plain(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null && isParsedValue(value as Value))
    return (value as { text: string }).text;
  return value;
}
