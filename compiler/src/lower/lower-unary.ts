// `not`, minus, and `if … then … else`.
import { BOOL, required } from "@aegis/runtime/core";
import type { IfExpression, UnaryExpression } from "../syntax/expression.ts";
import { constant, negate } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";

export function lowerUnary(node: UnaryExpression, environment: Environment): Lowered {
  if (node.op === "not")
    return { expression: negate(environment.lower.condition(node.of, environment)), type: BOOL };
  const of = environment.lower.value(node.of, environment);
  const left = constant(required(of.type), 0);
  return {
    expression: { kind: "arithmetic", op: "sub", left, right: of.expression },
    type: of.type,
  };
}

export function lowerIf(node: IfExpression, environment: Environment): Lowered {
  const { type } = infoOf(node, environment);
  const branch = (of: typeof node.then): Lowered["expression"] =>
    type.kind === "bool"
      ? environment.lower.condition(of, environment)
      : environment.lower.value(of, environment).expression;
  return {
    expression: {
      kind: "if",
      condition: environment.lower.condition(node.condition, environment),
      then: branch(node.then),
      else: branch(node.else),
    },
    type,
  };
}
