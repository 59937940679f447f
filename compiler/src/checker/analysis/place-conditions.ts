// What a condition says of one place, where it is a comparison with constants.
import type { ConstValue, Type } from "@aegis/runtime/core";
import type { BinaryExpression, Expression } from "../../syntax/expression.ts";
import type { ExpressionTypes } from "../checked-program.ts";
import type { Comparison, Scalar } from "./domain.ts";
import { isScalarValue } from "./domain.ts";

/** What has a value that a call gives: `args.branch`, `agent.role`, a call of a builtin. */
export interface Place {
  readonly node: Expression;
  readonly type: Type;
}

/** Null for what is constant or put together by operators. */
export function placeOf(node: Expression, types: ExpressionTypes): Place | null {
  const info = types.get(node);
  if (info === undefined || info.constant !== undefined) return null;
  if (node.kind === "binary" || node.kind === "quantifier" || node.kind === "if" || node.kind === "unary")
    return null;
  return { node, type: info.type };
}

const MIRRORED: { readonly [Op in Comparison]: Comparison } = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};
const isComparison = (op: string): op is Comparison => Object.hasOwn(MIRRORED, op);

/** `place op value`, whichever side the constant stands on. */
export function comparisonOf(
  node: BinaryExpression,
  types: ExpressionTypes,
): { readonly place: Place; readonly op: Comparison; readonly value: Scalar } | null {
  if (!isComparison(node.op)) return null;
  const [left, right] = [types.get(node.left)?.constant, types.get(node.right)?.constant];
  const place = placeOf(left === undefined ? node.left : node.right, types);
  const value = left === undefined ? right : left;
  if (place === null || !isScalarValue(value)) return null;
  return { place, op: left === undefined ? node.op : MIRRORED[node.op], value };
}

/** `place in { constants }`, or `not in`. */
export function membershipOf(
  node: BinaryExpression,
  types: ExpressionTypes,
): { readonly place: Place; readonly values: readonly Scalar[] } | null {
  if ((node.op !== "in" && node.op !== "not in") || types.get(node)?.meaning !== undefined) return null;
  const values: ConstValue | undefined = types.get(node.right)?.constant;
  const place = placeOf(node.left, types);
  if (place === null || !Array.isArray(values) || !values.every(isScalarValue)) return null;
  return { place, values: values as readonly Scalar[] };
}
