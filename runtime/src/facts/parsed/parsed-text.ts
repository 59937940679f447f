// Values of parsed types.
import type { ParsedValue } from "../../core/types/parsed-type.ts";

/** A parsed value whose parts are known; a part that is `undefined` is absent. */
export function parsedText(
  text: string,
  canonical: string,
  parts: Readonly<Record<string, unknown>> = {},
): ParsedValue {
  const known = new Map(Object.entries(parts));
  return { text, canonical, part: (name) => known.get(name) };
}

/** The value of a text that is known to parse, such as the zero of a type. */
export function mustParse(parse: (text: string) => ParsedValue | undefined, text: string): ParsedValue {
  const value = parse(text);
  if (value === undefined) throw new Error(`does not parse: ${text}`);
  return value;
}
