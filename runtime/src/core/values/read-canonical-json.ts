// Reads JSON text by the platform's own parser, where that is as strict as `readIJson`.
import type { JsonValue } from "./value.ts";

/**
 * The value of a text that is what the platform writes for it: then no key stood twice, no number lost a digit, nothing was
 * reordered or left out. Undefined for all other texts, which may be fine: `readIJson` knows. Objects are plain ones, of any
 * depth. Several times faster than a reader of one's own that has not run yet, as when a program is loaded.
 */
export function readCanonicalJson(text: string): JsonValue | undefined {
  // Half of a surrogate pair is written as an escape, and so are numbers that `readIJson` may refuse with an exponent.
  if (text.includes("\\ud") || /\de[+-]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as JsonValue;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
