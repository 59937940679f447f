// `== != < <= > >=`: scalars of one type.
import { BOOL, isOrdered, isScalar, printType, sameType } from "@aegis/runtime/core";
import type { ConstValue, Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { BinaryExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { constantOf, FAILED, isError, NO_PLACES, TRUTH, typed } from "../checked.ts";
import { checkValue } from "./check.ts";
import { reportNeverEqual } from "./never-equal.ts";
import { unbounded } from "./unbounded.ts";
import { literalNeedsType } from "./literal-needs-type.ts";

export function checkComparison(context: CheckContext, node: BinaryExpression): Checked {
  const operands = checkOperands(asValue(context), node);
  const left = operands[0];
  const right = operands[1];
  if (isError(left.type) || isError(right.type)) return FAILED;
  if (!sameType(left.type, right.type)) return differ(context, node, left.type, right.type);
  const ordering = node.op !== "==" && node.op !== "!=";
  if (ordering && !isOrdered(left.type)) {
    context.sink.report(typeDiagnostics["not-ordered"](node.opSpan, { type: printType(left.type) }));
    return FAILED;
  }
  if (!isScalar(left.type)) {
    context.sink.report(
      typeDiagnostics["not-comparable"](node.opSpan, {
        type: printType(left.type),
        op: node.op,
        hint: "compare scalars: elements with `any` and `all`, fields one by one",
      }),
    );
    return FAILED;
  }
  if (reportNeverEqual(context, node, left, right)) return FAILED;
  const constant = folded(node.op, left, right);
  const proved = okResult(left, right);
  if (proved === NO_PLACES) return constant === undefined ? TRUTH : constantOf(BOOL, constant);
  return typed(BOOL, node.op === "==" ? { constant, whenTrue: proved } : { constant, whenFalse: proved });
}

/** A literal takes the type of the other side, without its bounds: ranges are looked at by the analysis of conditions. */
function checkOperands(context: CheckContext, node: BinaryExpression): readonly [Checked, Checked] {
  if (literalNeedsType(context, node.left) && !literalNeedsType(context, node.right)) {
    const right = checkValue(context, node.right, null);
    if (isError(right.type)) return [FAILED, right];
    return [checkValue(context, node.left, unbounded(right.type)), right];
  }
  const left = checkValue(context, node.left, null);
  if (isError(left.type)) {
    if (!literalNeedsType(context, node.right)) checkValue(context, node.right, null);
    return [left, FAILED];
  }
  return [left, checkValue(context, node.right, unbounded(left.type))];
}

/** `result.status == ok` proves that there is a value. */
function okResult(left: Checked, right: Checked): ReadonlySet<string> {
  const isStatus = left.key === "result.status" || right.key === "result.status";
  return isStatus && (left.constant ?? right.constant) === "ok" ? RESULT_VALUE : NO_PLACES;
}
const RESULT_VALUE: ReadonlySet<string> = new Set(["result.value"]);

function folded(op: string, left: Checked, right: Checked): boolean | undefined {
  if (left.constant === undefined || right.constant === undefined) return undefined;
  return compare(op, left.constant, right.constant);
}

function compare(op: string, a: ConstValue, b: ConstValue): boolean {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

function differ(context: CheckContext, node: BinaryExpression, left: Type, right: Type): Checked {
  const kinds = new Set([left.kind, right.kind]);
  const hint =
    kinds.has("int") && kinds.has("decimal")
      ? "int and decimal are not mixed: declare both alike"
      : kinds.has("parsed") && kinds.has("string")
        ? "a plain text and a parsed type are never equal by accident: give both the parsed type"
        : kinds.has("list") || kinds.has("set")
          ? "ask for one element with `in`"
          : "both sides have one type";
  context.sink.report(
    typeDiagnostics.operands(node.opSpan, {
      op: node.op,
      left: printType(left),
      right: printType(right),
      hint,
    }),
  );
  return { ...FAILED, whenTrue: NO_PLACES };
}
