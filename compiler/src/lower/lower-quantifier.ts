// `any`, `all` and `count` over a list or set.
import { BOOL, INT, required } from "@aegis/runtime/core";
import type { IrExpression, Type } from "@aegis/runtime/core";
import type { QuantifierExpression } from "../syntax/expression.ts";
import { anyOf, both, TRUE } from "./build.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export function lowerQuantifier(node: QuantifierExpression, environment: Environment): Lowered {
  const type = node.op === "count" ? INT : BOOL;
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
