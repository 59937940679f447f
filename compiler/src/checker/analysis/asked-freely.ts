// What a condition without `and`, `or` and `not` asks about, where it can plainly come out either way.
import { MAX_INTEGER } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import type { ExpressionTypes } from "../checked-program.ts";
import type { Scalar } from "./domain.ts";
import type { Place } from "./place-conditions.ts";
import { comparisonOf, membershipOf } from "./place-conditions.ts";

/** What a condition asks about; null when one of the answers may be impossible. */
export function askedFreely(node: Expression, types: ExpressionTypes): Expression | null {
  if (node.kind !== "binary") return node;
  const comparison = comparisonOf(node, types);
  if (comparison !== null) return isOpen(comparison.place, [comparison.value]) ? comparison.place.node : null;
  const membership = membershipOf(node, types);
  if (membership !== null) return isOpen(membership.place, membership.values) ? membership.place.node : null;
  return node;
}

/** Whether the place may have one of the values, and another beside them. */
function isOpen({ type }: Place, all: readonly Scalar[]): boolean {
  if (all.length === 0) return false;
  const someButNotAll = (members: readonly Scalar[]): boolean =>
    members.some((each) => all.includes(each)) && !members.every((each) => all.includes(each));
  switch (type.kind) {
    case "string":
      return true;
    case "bool":
      return someButNotAll([true, false]);
    case "enum":
      return someButNotAll(type.members);
    case "int":
    case "decimal":
      return (
        type.min === undefined &&
        type.max === undefined &&
        all.every((value) => typeof value === "number" && Math.abs(value) < MAX_INTEGER)
      );
    default:
      return false;
  }
}
