// `any`, `all` and `count` over a list or set.
import { BOOL, INT, required } from "@aegis/runtime/core";
import type { IrExpression, Type } from "@aegis/runtime/core";
import type { Expression, QuantifierExpression } from "../syntax/expression.ts";
import { anyOf, both, constant, either, TRUE } from "./build.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";
import { literalItems } from "./lower-collection.ts";

export function lowerQuantifier(node: QuantifierExpression, environment: Environment): Lowered {
  const type = node.op === "count" ? INT : BOOL;
  const items = literalItems(node.over, environment);
  if (items !== undefined) return { expression: unrolled(node, items, environment), type };
  const over = environment.lower.value(node.over, environment);
  const inside = withLocal(environment, [node, node.variable], elementType(over.type));
  const quantifier: IrExpression = {
    kind: "quantifier",
    op: node.op,
    over: over.expression,
    body: environment.lower.condition(node.body, inside),
  };
  const nonEmpty = node.nonEmpty && node.op === "all";
  return { expression: nonEmpty ? both(anyOf(over.expression, TRUE), quantifier) : quantifier, type };
}

/** Over items written out: the body once for each. */
function unrolled(
  node: QuantifierExpression,
  items: readonly Expression[],
  environment: Environment,
): IrExpression {
  const bodies = items.map((item) => {
    const binding = { ...environment.lower.value(item, environment), depth: environment.depth };
    const variables = new Map(environment.variables).set(node, binding).set(node.variable, binding);
    return environment.lower.condition(node.body, { ...environment, variables, sources: null });
  });
  if (node.op === "any") return either(...bodies);
  if (node.op === "all") return both(...bodies);
  const one = constant(INT, 1);
  const zero = constant(INT, 0);
  return bodies
    .map((condition): IrExpression => ({ kind: "if", condition, then: one, else: zero }))
    .reduce((left, right): IrExpression => ({ kind: "arithmetic", op: "add", left, right }), zero);
}

/** The environment below a binder whose variable is known by any of the given nodes. */
export function withLocal(environment: Environment, declaredBy: readonly object[], type: Type): Environment {
  const depth = environment.depth + 1;
  const variables = new Map(environment.variables);
  for (const each of declaredBy)
    variables.set(each, { expression: { kind: "local", depth: 0, type }, type, depth });
  return { ...environment, variables, depth, sources: null };
}

export function elementType(collection: Type): Type {
  const type = required(collection);
  if (type.kind === "list" || type.kind === "set") return type.of;
  throw new InternalError(`no elements in ${type.kind}`);
}
