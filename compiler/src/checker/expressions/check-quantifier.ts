// `any`, `all` and `count` over lists and sets.
import { INT, printType } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { QuantifierExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue, localVariable, withVariable } from "../check-context.ts";
import type { Checked, CheckedType } from "../checked.ts";
import { ERROR, FAILED, isError, TRUTH, typed } from "../checked.ts";
import { checkCondition, checkValue } from "./check.ts";

export function checkQuantifier(context: CheckContext, node: QuantifierExpression): Checked {
  const over = checkValue(context, node.over, null);
  const element = elementOf(context, node, over.type);
  const inner = withVariable(
    node.op === "count" ? asValue(context) : context,
    node.variable.text,
    localVariable(node, element),
  );
  const body = checkCondition(inner, node.body);
  if (isError(over.type) || isError(element) || isError(body.type)) return FAILED;
  if (node.op === "count") return typed(INT);
  if (node.op === "all" && !node.nonEmpty && !neverEmpty(over)) reportEmptyTruth(context, node);
  return TRUTH;
}

const neverEmpty = (over: Checked): boolean => Array.isArray(over.constant) && over.constant.length > 0;

function elementOf(context: CheckContext, node: QuantifierExpression, over: CheckedType): CheckedType {
  if (isError(over)) return ERROR;
  if (over.kind === "list" || over.kind === "set") return over.of;
  context.sink.report(
    typeDiagnostics["not-a-collection"](node.over.span, {
      type: printType(over),
      hint: `\`${node.op}\` looks at the elements of a list or set`,
    }),
  );
  return ERROR;
}

function reportEmptyTruth(context: CheckContext, node: QuantifierExpression): void {
  if (context.emptyTruth !== null) {
    if (context.loosens === "when-true" || context.loosens === "both") context.emptyTruth.positive = true;
    if (context.loosens === "when-false" || context.loosens === "both") context.emptyTruth.negative = true;
    return;
  }
  if (context.loosens !== "when-true" && context.loosens !== "both") return;
  const at = { file: node.span.file, start: node.variable.span.start, end: node.variable.span.start };
  context.sink.report(
    typeDiagnostics["empty-truth"](
      node.span,
      { variable: node.variable.text },
      { fixes: [{ title: "write all non-empty", edits: [{ span: at, newText: "non-empty " }] }] },
    ),
  );
}
