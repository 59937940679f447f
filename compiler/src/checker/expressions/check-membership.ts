// `in` and `not in`: an element of a list or set, a key of a map, or what the registry adds (an ip in a cidr).
import {
  BOOL,
  builtinsWritten,
  findBuiltin,
  isScalar,
  printType,
  sameType,
  setOf,
  STRING,
} from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { BinaryExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { constantOf, FAILED, isError, TRUTH, typed } from "../checked.ts";
import { checkValue } from "./check.ts";
import { checkArgument } from "./check-builtin.ts";
import { expectedNext } from "./builtin-candidates.ts";
import { literalNeedsType } from "./literal-needs-type.ts";
import { unbounded } from "./unbounded.ts";

export function checkMembership(around: CheckContext, node: BinaryExpression): Checked {
  const context = asValue(around);
  if (literalNeedsType(context, node.left)) {
    const right = checkValue(context, node.right, null);
    if (isError(right.type)) return FAILED;
    const element = elementType(right.type);
    const left = checkValue(context, node.left, element);
    return member(context, node, left, right);
  }
  const left = checkValue(context, node.left, null);
  if (isError(left.type)) {
    if (!literalNeedsType(context, node.right)) checkValue(context, node.right, null);
    return FAILED;
  }
  const { type } = left;
  const expected = expectedNext(builtinsWritten("operator", "in"), [type]);
  if (node.right.kind === "collection" && isScalar(type)) expected.unshift(setOf(unbounded(type)));
  return member(context, node, left, checkArgument(context, node.right, expected));
}

const elementType = (type: Type): Type | null =>
  type.kind === "list" || type.kind === "set"
    ? type.of
    : type.kind === "map" || type.kind === "headers"
      ? STRING
      : null;

function member(context: CheckContext, node: BinaryExpression, left: Checked, right: Checked): Checked {
  if (isError(left.type) || isError(right.type)) return FAILED;
  const of = elementType(right.type);
  if (of !== null && isScalar(left.type) && sameType(left.type, of)) {
    const { constant } = right;
    const known = left.constant !== undefined && Array.isArray(constant) && right.type.kind !== "map";
    const found = known && (constant as readonly unknown[]).includes(left.constant);
    return known ? constantOf(BOOL, (node.op === "in") === found) : TRUTH;
  }
  const builtin = findBuiltin("operator", "in", [left.type, right.type]);
  if (builtin !== undefined) return typed(BOOL, { meaning: { kind: "builtin", name: builtin.name } });
  context.sink.report(
    typeDiagnostics.operands(node.opSpan, {
      op: node.op,
      left: printType(left.type),
      right: printType(right.type),
      hint:
        of === null
          ? "`in` asks for an element of a list or set, or for a key of a map"
          : `the elements are \`${printType(of)}\``,
    }),
  );
  return FAILED;
}
