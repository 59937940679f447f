// What a type comes to without optionality and collection.
import type { Type } from "@aegis/runtime/core";

/** `list<email>?` is `email`. */
export function elementType(type: Type): Type {
  switch (type.kind) {
    case "optional":
    case "list":
    case "set":
    case "map":
      return elementType(type.of);
    default:
      return type;
  }
}

/** Name of the parsed type of the value or its elements; null for other types. */
export function parsedName(type: Type): string | null {
  const inner = elementType(type);
  return inner.kind === "parsed" ? inner.name : null;
}
