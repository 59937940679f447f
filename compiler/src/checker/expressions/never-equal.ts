// Equalities that no value can meet: out of range, too long, in the wrong case.
import { codePointLength } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { BinaryExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { printNumber } from "../constants/number-value.ts";

/** Reports and gives true when `==` or `!=` compares with what the other side cannot be. */
export function reportNeverEqual(
  context: CheckContext,
  node: BinaryExpression,
  left: Checked,
  right: Checked,
): boolean {
  if (node.op !== "==" && node.op !== "!=") return false;
  const [place, constant] = left.constant === undefined ? [left, right] : [right, left];
  const why = impossible(place, constant);
  if (why === null || place.constant !== undefined) return false;
  context.sink.report(
    typeDiagnostics["never-equal"](node.span, {
      why,
      hint: "compare with a value that is possible, or widen the type where it is declared",
    }),
  );
  return true;
}

function impossible(place: Checked, other: Checked): string | null {
  const { type } = place;
  const value = other.constant;
  if ((type.kind === "int" || type.kind === "decimal") && typeof value === "number") {
    if (type.min !== undefined && value < type.min)
      return `the value is at least ${printNumber(type.min, type)}`;
    if (type.max !== undefined && value > type.max)
      return `the value is at most ${printNumber(type.max, type)}`;
  }
  if (type.kind === "string" && typeof value === "string") {
    if (type.max !== undefined && codePointLength(value) > type.max)
      return `the value has at most ${type.max} characters`;
    if (place.meaning?.kind === "builtin" && place.meaning.name === "lower" && /[A-Z]/.test(value))
      return "`lower()` gives no capital letters";
  }
  return null;
}
