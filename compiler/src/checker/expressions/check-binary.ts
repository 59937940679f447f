// Binary operators, one checker each.
import { printType, required } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { BinaryExpression, BinaryOperator } from "../../syntax/expression.ts";
import type { CheckContext, Checker } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, TRUTH, typed } from "../checked.ts";
import { checkAs, checkPlace, checkValue } from "./check.ts";
import { checkArithmetic } from "./check-arithmetic.ts";
import { checkBuiltin } from "./check-builtin.ts";
import { checkComparison } from "./check-comparison.ts";
import { checkAnd, checkOr } from "./check-logic.ts";
import { checkMembership } from "./check-membership.ts";
import { literalNeedsType } from "./literal-needs-type.ts";
import { patternOf } from "./pattern-of.ts";

const operators: { readonly [Op in BinaryOperator]: Checker<BinaryExpression> } = {
  and: checkAnd,
  or: checkOr,
  "==": checkComparison,
  "!=": checkComparison,
  "<": checkComparison,
  "<=": checkComparison,
  ">": checkComparison,
  ">=": checkComparison,
  in: checkMembership,
  "not in": checkMembership,
  within: checkOperatorCall,
  under: checkOperatorCall,
  matches: checkMatches,
  else: checkElse,
  "+": checkArithmetic,
  "-": checkArithmetic,
  "*": checkArithmetic,
  "%": checkArithmetic,
};

export const checkBinary: Checker<BinaryExpression> = (context, node, expected) =>
  operators[node.op](context, node, expected);

function checkOperatorCall(context: CheckContext, node: BinaryExpression): Checked {
  return checkBuiltin(context, "operator", node.op, [node.left, node.right], node.opSpan);
}

const SEARCHED = new Set(["string", "json", "list", "set", "map", "headers", "record"]);

function checkMatches(context: CheckContext, node: BinaryExpression): Checked {
  const left = checkValue(context, node.left, null);
  const pattern = patternOf(context, node.right);
  if (isError(left.type) || pattern === undefined) return FAILED;
  if (!SEARCHED.has(left.type.kind)) {
    context.sink.report(
      typeDiagnostics.operands(node.opSpan, {
        op: "matches",
        left: printType(left.type),
        right: "a pattern",
        hint:
          left.type.kind === "parsed"
            ? "compare the parts of a parsed value instead: `==`, `in`, `under`, `starts_with`"
            : "it looks into text, json, lists, maps and records",
      }),
    );
    return FAILED;
  }
  return TRUTH;
}

function checkElse(context: CheckContext, node: BinaryExpression, expected: Type | null): Checked {
  const wanted = expected?.kind === "bool" && literalNeedsType(context, node.left) ? null : expected;
  const left = checkPlace(asValue(context), node.left, wanted);
  if (isError(left.type)) {
    if (!literalNeedsType(context, node.right)) checkValue(context, node.right, null);
    return FAILED;
  }
  const right = checkAs(context, node.right, required(left.type), "what stands in for a value has its type");
  if (isError(right.type)) return FAILED;
  if (left.type.kind !== "optional" && context.single)
    context.sink.report(typeDiagnostics["needless-else"](node.span, { what: "else …" }));
  return typed(required(left.type));
}
