// `+ - * %` and unary minus: on numbers, times and durations; constants are folded as every engine computes.
import { DURATION, isOrdered, printType, sameType, TIME } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { BinaryExpression, UnaryExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { numberValue, saturate } from "../constants/number-value.ts";
import { checkValue } from "./check.ts";
import { literalNeedsType } from "./literal-needs-type.ts";
import { unbounded } from "./unbounded.ts";

type Arithmetic = "+" | "-" | "*" | "%";

export function checkArithmetic(
  context: CheckContext,
  node: BinaryExpression,
  expected: Type | null,
): Checked {
  const op = node.op as Arithmetic;
  if (op === "*" || op === "%") return checkScaling(context, node, op, expected);
  const wanted = expected !== null && isOrdered(expected) ? expected : null;
  const [left, right] = checkOperands(context, node, wanted);
  if (isError(left.type) || isError(right.type)) return FAILED;
  const type = sumType(op, left.type, right.type);
  if (type === null) return refuse(context, node, left.type, right.type);
  return typed(type, folded(op, left, right));
}

function checkOperands(
  context: CheckContext,
  node: BinaryExpression,
  wanted: Type | null,
): readonly [Checked, Checked] {
  const literal = (type: Checked["type"]): Type | null =>
    isError(type) ? null : type.kind === "time" ? DURATION : type;
  if (wanted === null && literalNeedsType(context, node.left) && !literalNeedsType(context, node.right)) {
    const right = checkValue(context, node.right, null);
    return [checkValue(context, node.left, literal(right.type)), right];
  }
  const left = checkValue(context, node.left, unranged(wanted));
  return [left, checkValue(context, node.right, literal(left.type) ?? unranged(wanted))];
}

/** Ranges belong to places, not to the operands of a sum. */
const unranged = (type: Type | null): Type | null =>
  type !== null && isOrdered(type) ? unbounded(type) : type;

function sumType(op: "+" | "-", left: Type, right: Type): Type | null {
  if (left.kind === "time" && right.kind === "time") return op === "-" ? DURATION : null;
  if (left.kind === "time" && right.kind === "duration") return TIME;
  if (op === "+" && left.kind === "duration" && right.kind === "time") return TIME;
  return isOrdered(left) && sameType(left, right) ? unbounded(left) : null;
}

function checkScaling(
  context: CheckContext,
  node: BinaryExpression,
  op: "*" | "%",
  expected: Type | null,
): Checked {
  const constantLeft = op === "*" && node.left.kind === "number" && node.right.kind !== "number";
  const [valueNode, factorNode] = constantLeft ? [node.right, node.left] : [node.left, node.right];
  const value = checkValue(context, valueNode, unranged(expected));
  const factor = checkValue(context, factorNode, { kind: "int" });
  if (isError(value.type) || isError(factor.type)) return FAILED;
  const scalable =
    op === "%" ? value.type.kind === "int" : isOrdered(value.type) && value.type.kind !== "time";
  if (!scalable || factor.type.kind !== "int") return refuse(context, node, value.type, factor.type);
  if (typeof factor.constant !== "number" || (op === "%" && factor.constant <= 0)) {
    context.sink.report(
      typeDiagnostics["constant-operand"](factorNode.span, {
        op,
        what: op === "%" ? "a positive whole constant on its right" : "a whole constant on one side",
        hint: "so that every step stays exact and bounded",
      }),
    );
    return FAILED;
  }
  return typed(unbounded(value.type), folded(op, value, factor));
}

function folded(op: Arithmetic, left: Checked, right: Checked): { readonly constant?: number } {
  if (typeof left.constant !== "number" || typeof right.constant !== "number") return {};
  const a = BigInt(left.constant);
  const b = BigInt(right.constant);
  switch (op) {
    case "+":
      return { constant: saturate(a + b) };
    case "-":
      return { constant: saturate(a - b) };
    case "*":
      return { constant: saturate(a * b) };
    case "%":
      return { constant: Number(((a % b) + b) % b) };
  }
}

export function checkMinus(context: CheckContext, node: UnaryExpression, expected: Type | null): Checked {
  if (node.of.kind === "number" && (expected?.kind === "int" || expected?.kind === "decimal")) {
    const read = numberValue(`-${node.of.text}`, expected);
    if (read.ok) {
      checkValue(context, node.of, unranged(expected));
      return typed(expected, { constant: read.value });
    }
    context.sink.report(
      typeDiagnostics.literal(node.span, {
        problem: read.problem,
        expected: printType(expected),
        hint: "a literal takes the type that its place expects",
      }),
    );
    return FAILED;
  }
  const of = checkValue(context, node.of, unranged(expected));
  if (isError(of.type)) return FAILED;
  if (of.type.kind !== "int" && of.type.kind !== "decimal" && of.type.kind !== "duration") {
    context.sink.report(
      typeDiagnostics.operands(node.span, {
        op: "-",
        left: "nothing",
        right: printType(of.type),
        hint: "`-` takes numbers and durations",
      }),
    );
    return FAILED;
  }
  return typed(
    unbounded(of.type),
    typeof of.constant === "number" ? { constant: saturate(-BigInt(of.constant)) } : {},
  );
}

function refuse(context: CheckContext, node: BinaryExpression, left: Type, right: Type): Checked {
  const mixed =
    (left.kind === "int" && right.kind === "decimal") || (left.kind === "decimal" && right.kind === "int");
  context.sink.report(
    typeDiagnostics.operands(node.opSpan, {
      op: node.op,
      left: printType(left),
      right: printType(right),
      hint: mixed
        ? "int and decimal are not mixed: declare both alike"
        : "it computes on int, decimal, time and duration",
    }),
  );
  return FAILED;
}
