// Keys of labels and counters as text: how a snapshot of the state names them.
import type { ParsedValue } from "../types/parsed-type.ts";
import type { Type } from "../types/type.ts";
import { printDecimal } from "./decimal-text.ts";
import { isParsedValue } from "./scalar.ts";
import type { Value } from "./value.ts";

/** A scalar as a key: text as it is, parsed values in canonical form, times and durations as their milliseconds. */
export function keyText(type: Type, value: Value): string {
  if (typeof value === "string") return value;
  if (isParsedValue(value)) return (value satisfies ParsedValue).canonical;
  if (type.kind === "decimal" && typeof value === "number") return printDecimal(value);
  return String(value);
}

/** One key as its text, several as the JSON array of their texts. */
export function cellKey(texts: readonly string[]): string {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? only : JSON.stringify(texts);
}
