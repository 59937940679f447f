// Arguments and results that limits sum: their types refuse negative values, so that such a call is invalid input.
import type { Field, Type } from "@aegis/runtime/core";
import type { CheckedAction, CheckedLimit, ExpressionTypes } from "../checked-program.ts";
import type { Expression } from "../../syntax/expression.ts";

/** The actions with the places that `sum` and `settle` read bounded by zero. */
export function withAmountBounds(
  actions: readonly CheckedAction[],
  limits: readonly CheckedLimit[],
): readonly CheckedAction[] {
  const bounded = [...actions];
  for (const { declaration, groups } of limits)
    for (const group of groups)
      for (const index of group.actions) {
        const action = bounded[index];
        if (action !== undefined)
          bounded[index] = boundAction(action, [declaration.sum, declaration.settle], group.types);
      }
  return bounded;
}

function boundAction(
  action: CheckedAction,
  amounts: readonly (Expression | null)[],
  types: ExpressionTypes,
): CheckedAction {
  return amounts.reduce((bounded, amount) => {
    const place = amount === null ? undefined : placeOf(amount, types);
    if (place === undefined) return bounded;
    const [first, ...rest] = place.path;
    if (place.root === "args" && first !== undefined)
      return { ...bounded, params: boundFields(bounded.params, first, rest) };
    if (place.root === "result" && first === "value")
      return { ...bounded, result: boundType(bounded.result, rest) };
    return bounded;
  }, action);
}

/** The path that an amount is read from, defaults and `where present` aside. */
function placeOf(
  node: Expression,
  types: ExpressionTypes,
): { readonly root: string; readonly path: readonly string[] } | undefined {
  if (node.kind === "binary" && node.op === "else") return placeOf(node.left, types);
  if (node.kind === "where-present") return placeOf(node.of, types);
  const meaning = types.get(node)?.meaning;
  return meaning?.kind === "path" ? meaning : undefined;
}

const boundFields = (fields: readonly Field[], name: string, rest: readonly string[]): readonly Field[] =>
  fields.map((field) => (field.name === name ? { ...field, type: boundType(field.type, rest) } : field));

function boundType(type: Type, path: readonly string[]): Type {
  if (type.kind === "optional") {
    const of = boundType(type.of, path);
    return of.kind === "optional" ? of : { kind: "optional", of };
  }
  const [name, ...rest] = path;
  if (type.kind === "record" && name !== undefined)
    return { ...type, fields: boundFields(type.fields, name, rest) };
  if ((type.kind === "int" || type.kind === "decimal") && name === undefined)
    return { ...type, min: Math.max(type.min ?? 0, 0) };
  return type;
}
