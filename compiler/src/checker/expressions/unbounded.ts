// Types without their bounds: what a literal beside a value is read as, and what sums are of.
import { DECIMAL, INT, STRING } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";

/** The type without its range or length. */
export function unbounded(type: Type): Type {
  switch (type.kind) {
    case "string":
      return STRING;
    case "int":
      return INT;
    case "decimal":
      return DECIMAL;
    default:
      return type;
  }
}
