// `is present`, `is absent`, `where present`, and `json as T`.
import { BOOL, optional, printType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { AsExpression, IsPresent, WherePresent } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, NO_PLACES, TRUTH, typed } from "../checked.ts";
import { checkPlace, checkValue } from "./check.ts";
import { castKey, keyAndPrefixes } from "./place-key.ts";

export function checkIs(context: CheckContext, node: IsPresent): Checked {
  const of = checkPlace(asValue(context), node.of, null);
  if (isError(of.type)) return FAILED;
  if (of.type.kind !== "optional") {
    if (context.single && of.narrowed !== true)
      context.sink.report(typeDiagnostics["needless-else"](node.span, { what: `is ${node.what}` }));
    return TRUTH;
  }
  const places = of.key === undefined ? NO_PLACES : keyAndPrefixes(of.key);
  return typed(BOOL, node.what === "present" ? { whenTrue: places } : { whenFalse: places });
}

export function checkWherePresent(context: CheckContext, node: WherePresent, expected: Type | null): Checked {
  // The comparison around it is found by the caller, which collects guards.
  const of = checkPlace(asValue(context), node.of, expected);
  if (isError(of.type)) return FAILED;
  if (of.type.kind !== "optional") return { ...of, whenTrue: NO_PLACES, whenFalse: NO_PLACES };
  context.guards.push(node);
  if (of.key !== undefined) context.declarations.guardKeys.set(node, of.key);
  return typed(of.type.of, {
    narrowed: true,
    ...(of.key === undefined ? {} : { key: `${of.key} where present` }),
  });
}

export function checkAsType(context: CheckContext, node: AsExpression): Checked {
  const of = checkValue(context, node.of, null);
  const type = context.module.typeOf(node.type, context.sink);
  if (isError(of.type)) return FAILED;
  if (of.type.kind !== "json") {
    context.sink.report(typeDiagnostics.cast(node.span, { type: printType(of.type) }));
    return FAILED;
  }
  const key = of.key === undefined ? {} : { key: castKey(of.key, printType(type)) };
  return typed(optional(type), key);
}
