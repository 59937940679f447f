// The one door to the registry of parsed types.
import { parsedTypes } from "@aegis/runtime/facts";

export const parsedTypeNames = (): Iterable<string> => parsedTypes.keys();
export const isParsedType = (name: string): boolean => parsedTypes.has(name);
/** The canonical form of a text of the type; undefined when it does not parse. */
export const canonicalText = (type: string, text: string): string | undefined =>
  parsedTypes.get(type)?.parse(text)?.canonical;
