// `{ a, b }` and `[a, b]`: constant sets and lists.
import { isScalar, listOf, printType, setOf } from "@aegis/runtime/core";
import type { ConstValue, Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { CollectionLiteral } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { constantOf, FAILED, isError } from "../checked.ts";
import { sortedSet } from "../constants/sorted-set.ts";
import { checkAs, checkValue } from "./check.ts";

export function checkCollection(
  context: CheckContext,
  node: CollectionLiteral,
  expected: Type | null,
): Checked {
  const wanted = expected?.kind === "list" || expected?.kind === "set" ? expected : null;
  const kind = wanted?.kind ?? node.of;
  let element: Type | null = wanted?.of ?? null;
  if (element === null && node.items.length === 0) {
    context.sink.report(typeDiagnostics["empty-collection"](node.span));
    return FAILED;
  }
  const values: ConstValue[] = [];
  let failed = false;
  for (const item of node.items) {
    const checked: Checked =
      element === null
        ? checkValue(context, item, null)
        : checkAs(context, item, element, "all elements have one type");
    if (isError(checked.type)) failed = true;
    else if (checked.constant === undefined) {
      context.sink.report(
        typeDiagnostics["not-constant"](item.span, {
          hint: "elements written in braces or brackets are constants: compare with `==` and `or` instead",
        }),
      );
      failed = true;
    } else {
      element ??= checked.type;
      values.push(checked.constant);
    }
  }
  if (failed || element === null) return FAILED;
  if (kind === "set" && !isScalar(element)) {
    context.sink.report(
      typeDiagnostics["not-comparable"](node.span, {
        type: printType(element),
        op: "{ }",
        hint: "sets hold scalars",
      }),
    );
    return FAILED;
  }
  // A constant is as large as it is: that keeps the bound on work small.
  const size = Math.max(1, values.length);
  return kind === "set"
    ? constantOf(setOf(element, size), sortedSet(values))
    : constantOf(listOf(element, size), values);
}
