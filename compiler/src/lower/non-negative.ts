// Amounts are never negative: which expressions cannot be, by their types and signs alone.
import type { IrExpression, Type } from "@aegis/runtime/core";
import { required } from "@aegis/runtime/core";

/** True when the expression cannot give a number below zero. */
export function isNonNegative(node: IrExpression): boolean {
  switch (node.kind) {
    case "const":
      return typeof node.value === "number" && node.value >= 0;
    case "read":
    case "local":
      return hasMinimum(node.type);
    case "else":
      return isNonNegative(node.of) && isNonNegative(node.fallback);
    case "if":
      return isNonNegative(node.then) && isNonNegative(node.else);
    case "quantifier":
    case "counter":
      return true;
    case "arithmetic":
      if (node.op === "mod") return true;
      return node.op !== "sub" && isNonNegative(node.left) && isNonNegative(node.right);
    default:
      return false;
  }
}

function hasMinimum(type: Type): boolean {
  const number = required(type);
  return (number.kind === "int" || number.kind === "decimal") && number.min !== undefined && number.min >= 0;
}
