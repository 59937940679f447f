// `session has seen(args.path)`: whether a label is set under a key. What an uncertain label counts as is fixed later, by polarity.
import { BOOL } from "@aegis/runtime/core";
import type { HasExpression } from "../syntax/expression.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export function lowerHas(node: HasExpression, environment: Environment): Lowered {
  const { meaning } = infoOf(node, environment);
  if (meaning?.kind !== "label") throw new InternalError(`no label at ${node.span.file}:${node.span.start}`);
  const key = node.key.map((each) => environment.lower.value(each, environment).expression);
  const cell = environment.tables.labelIndex(meaning.label);
  return { expression: { kind: "label", cell, key, maybe: true }, type: BOOL };
}
