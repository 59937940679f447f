// The one place that writes names, texts, numbers, dates and durations of the language, escaped.
import { isReservedWord } from "../syntax/reserved-words.ts";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const HIDDEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]/gu;
const SHORT = new Map([
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\r", "\\r"],
]);

const hex = (char: string): string => (char.codePointAt(0) ?? 0).toString(16);

const escapeText = (value: string, special: RegExp): string =>
  value.replace(special, "\\$&").replace(HIDDEN, (char) => SHORT.get(char) ?? `\\u{${hex(char)}}`);

/** A text in quotes. */
export const printText = (value: string): string => `"${escapeText(value, /["\\]/g)}"`;

/** The text parts of a `because` or `hint`: braces are escaped too. No quotes around it. */
export const printTemplateText = (value: string): string => escapeText(value, /["\\{}]/g);

/** The pattern between `re"` and `"`. */
export const printRegex = (source: string): string => {
  const escaped = source.replace(/\\[^]|["\\]|[\r\n]/g, (found) => {
    if (found === '"' || found === '\\"') return '\\"';
    if (found === "\\") return "\\\\";
    return found.replace("\n", "\\n").replace("\r", "\\r");
  });
  return `re"${escaped.replace(HIDDEN, (char) => `\\x{${hex(char)}}`)}"`;
};

/** A name where words of the language stand for themselves. */
export const printName = (text: string): string =>
  IDENTIFIER.test(text) && !isReservedWord(text) ? text : `\`${text}\``;

/** A name where every word is a name: after a dot, before `:` in a list of fields. */
export const printAnyName = (text: string): string => (IDENTIFIER.test(text) ? text : `\`${text}\``);

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1000, "s"],
];

/** `30m`; a single day is `24h`. */
export function printDuration(milliseconds: number): string {
  for (const [size, unit] of UNITS)
    if (milliseconds % size === 0 && milliseconds !== 0 && (unit !== "d" || milliseconds > size))
      return `${milliseconds / size}${unit}`;
  return milliseconds === 0 ? "0s" : `${milliseconds}ms`;
}

/** `2099-12-31`, with the time of day where it is not midnight. */
export function printTime(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}
