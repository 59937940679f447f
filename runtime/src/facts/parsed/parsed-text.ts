// Values of parsed types.
import type { ParsedValue } from "../../core/types/parsed-type.ts";

/** A parsed value; its parts are worked out when the first is read. A part that is `undefined` is absent. */
export function parsedText(
  text: string,
  canonical: string,
  parts: () => Readonly<Record<string, unknown>> = () => ({}),
): ParsedValue {
  let known: ReadonlyMap<string, unknown> | undefined;
  return {
    text,
    canonical,
    part: (name) => (known ??= new Map(Object.entries(parts()))).get(name),
  };
}

/** The value of a text that is known to parse, such as the zero of a type. */
export function mustParse(parse: (text: string) => ParsedValue | undefined, text: string): ParsedValue {
  const value = parse(text);
  if (value === undefined) throw new Error(`does not parse: ${text}`);
  return value;
}
