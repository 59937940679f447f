// `session has seen(args.path)`: whether a label is set under a key. What an uncertain label counts as is fixed later, by polarity.
import { BOOL } from "@aegis/runtime/core";
import type { ExpressionInfo } from "../checker/checked-program.ts";
import type { HasExpression } from "../syntax/expression.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export function lowerHas(
  node: HasExpression,
  environment: Environment,
  { meaning }: ExpressionInfo,
): Lowered {
  if (meaning?.kind !== "label") throw new InternalError(`no label at ${node.span.file}:${node.span.start}`);
  const key = node.key.map((each) => environment.lower.value(each, environment).expression);
  environment.labels.met = true;
  const cell = environment.tables.labelIndex(meaning.label);
  return { expression: { kind: "label", cell, key, maybe: true }, type: BOOL };
}
