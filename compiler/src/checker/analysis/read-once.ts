// Whether conditions can plainly come out either way: what nearly all rules need no search for.
import { MAX_INTEGER } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import type { ExpressionTypes } from "../checked-program.ts";
import type { Scalar } from "./domain.ts";
import { expressionKey } from "./expression-key.ts";
import type { Place } from "./place-conditions.ts";
import { comparisonOf, membershipOf } from "./place-conditions.ts";

interface Condition {
  readonly node: Expression;
  readonly types: ExpressionTypes;
}

/**
 * True where all conditions, taken apart at `and`, `or` and `not`, ask about different things, and each of them may hold
 * and may fail: a formula that reads each of its free variables once can be made true and can be made false. False says nothing.
 */
export function readsFreelyOnce(conditions: readonly Condition[]): boolean {
  const seen = new Set<string>();
  const isFree = (node: Expression, types: ExpressionTypes): boolean => {
    const info = types.get(node);
    if (info === undefined || info.constant !== undefined || info.guards !== undefined) return false;
    if (node.kind === "unary" && node.op === "not") return isFree(node.of, types);
    if (node.kind === "binary" && (node.op === "and" || node.op === "or"))
      return isFree(node.left, types) && isFree(node.right, types);
    const asked = askedFreely(node, types);
    if (asked === null) return true;
    if (asked === false || seen.has(asked)) return false;
    seen.add(asked);
    return true;
  };
  return conditions.every(({ node, types }) => isFree(node, types));
}

/** What a condition asks about, null where nothing can be said of it; false when one of the answers may be impossible. */
function askedFreely(node: Expression, types: ExpressionTypes): string | null | false {
  if (node.kind === "binary") {
    const comparison = comparisonOf(node, types);
    if (comparison !== null) return isOpen(comparison.place, [comparison.value]) && comparison.place.key;
    const membership = membershipOf(node, types);
    if (membership !== null) return isOpen(membership.place, membership.values) && membership.place.key;
  }
  return expressionKey(node, types);
}

/** Whether the place may have one of the values, and another beside them. */
function isOpen({ type }: Place, values: Iterable<Scalar>): boolean {
  const all = [...values];
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
