// Checks an expression: dispatches by kind, applies narrowing, writes the side table.
import { BOOL, printType, required, sameType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import { UNKNOWN_TYPE } from "../../resolver/types/type-of.ts";
import type { Expression, WherePresent } from "../../syntax/expression.ts";
import type { CheckContext, Checker } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { ERROR, FAILED, isError, isUnderstood, union } from "../checked.ts";
import { keyAndPrefixes } from "./place-key.ts";
import { sourceOf } from "./source-of.ts";

/** The expression as it stands; its value may be absent. */
export function checkPlace(context: CheckContext, node: Expression, expected: Type | null): Checked {
  const outside = context.guards.length;
  const wanted = expected === null || expected === UNKNOWN_TYPE ? null : required(expected);
  const check = context.checkers[node.kind] as Checker<Expression>;
  const found = check(context, node, wanted);
  const checked = found.type.kind === "optional" ? narrow(context, found) : found;
  // What was collected since is inside this node.
  if (context.guards.length > outside)
    return attachGuards(context, node, checked, context.guards.splice(outside));
  if (isUnderstood(checked)) context.types.set(node, checked);
  return checked;
}

/** The expression as a value: absent is a mistake. */
export function checkValue(context: CheckContext, node: Expression, expected: Type | null): Checked {
  const checked = checkPlace(asValue(context), node, expected);
  return checked.type.kind === "optional" ? readOptional(context, node, checked) : checked;
}

/** The expression as a value of exactly this kind of type. */
export function checkAs(context: CheckContext, node: Expression, expected: Type, hint = ""): Checked {
  return demand(context, node, checkValue(context, node, expected), expected, hint);
}

/** A value that stands alone, of a type where one is given: no comparison is around it that an absence could make false. */
export function checkAlone(
  context: CheckContext,
  node: Expression,
  expected: Type | null,
  hint = "",
): Checked {
  const guards: WherePresent[] = [];
  const inner = { ...context, guards };
  const checked = expected === null ? checkValue(inner, node, null) : checkAs(inner, node, expected, hint);
  for (const guard of guards)
    context.sink.report(typeDiagnostics["where-present"](guard.span, { place: sourceOf(guard.of) }));
  return guards.length === 0 ? checked : FAILED;
}

/** A condition: boolean, in the position in which the context stands. */
export function checkCondition(context: CheckContext, node: Expression): Checked {
  const place = checkPlace(context, node, BOOL);
  const checked = place.type.kind === "optional" ? readOptional(context, node, place) : place;
  return demand(context, node, checked, BOOL, "a condition is true or false: compare it with something");
}

function demand(
  context: CheckContext,
  node: Expression,
  checked: Checked,
  expected: Type,
  hint: string,
): Checked {
  if (checked.type === expected) return checked;
  if (isError(checked.type) || expected === UNKNOWN_TYPE || sameType(checked.type, expected)) return checked;
  context.sink.report(
    typeDiagnostics.mismatch(node.span, {
      found: printType(checked.type),
      expected: printType(expected),
      hint: hint === "" ? "types are never converted silently" : hint,
    }),
  );
  return FAILED;
}

/** Reads an optional that nothing has proved present. */
function readOptional(context: CheckContext, node: Expression, checked: Checked): Checked {
  if (checked.type.kind !== "optional") return checked;
  const present: Checked = { ...checked, type: checked.type.of, narrowed: true };
  if (context.absentDecides !== null && checked.argument === true && checked.key !== undefined) {
    if (!context.absentDecides.has(checked.key)) context.absentDecides.set(checked.key, node);
    write(context, node, present);
    return present;
  }
  const place = sourceOf(node);
  const after = { file: node.span.file, start: node.span.end, end: node.span.end };
  context.sink.report(
    typeDiagnostics.optional(
      node.span,
      { place },
      {
        fixes: [
          { title: "hold only where it is present", edits: [{ span: after, newText: " where present" }] },
        ],
      },
    ),
  );
  return { ...FAILED, type: ERROR };
}

function narrow(context: CheckContext, checked: Checked): Checked {
  return checked.type.kind === "optional" && checked.key !== undefined && context.present.has(checked.key)
    ? { ...checked, type: checked.type.of, narrowed: true }
    : checked;
}

/** `where present` makes the nearest boolean expression around it false. */
function attachGuards(
  context: CheckContext,
  node: Expression,
  checked: Checked,
  guards: readonly WherePresent[],
): Checked {
  const place = node.kind === "where-present" || node.kind === "field" || node.kind === "index";
  if (checked.type.kind !== "bool" || (place && context.position === "value")) {
    context.guards.push(...guards);
    write(context, node, checked);
    return checked;
  }
  const keys = guards.flatMap((each) => {
    const key = context.declarations.guardKeys.get(each);
    return key === undefined ? [] : [...keyAndPrefixes(key)];
  });
  if (isUnderstood(checked)) context.types.set(node, { ...checked, guards });
  return { ...checked, whenTrue: union(checked.whenTrue, new Set(keys)) };
}

function write(context: CheckContext, node: Expression, checked: Checked): void {
  if (isUnderstood(checked)) context.types.set(node, checked);
}
