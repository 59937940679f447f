// The size and depth of an expression as a tree, though it may share parts.
import { eachChild, MAX_EXPRESSION_DEPTH } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { MAX_EXPRESSION_NODES, TooLarge } from "./too-large.ts";

/** Levels that are left for what is put around a condition: visibility, exceptions. */
const SPARE_DEPTH = 16;

/** The expression, when it is not too large to be walked as a tree. */
export function checkedSize(expression: IrExpression): IrExpression {
  let nodes = 0;
  let depth = 0;
  const measure = (node: IrExpression): void => {
    nodes += 1;
    depth += 1;
    if (nodes > MAX_EXPRESSION_NODES || depth > MAX_EXPRESSION_DEPTH - SPARE_DEPTH) throw new TooLarge();
    eachChild(node, measure);
    depth -= 1;
  };
  measure(expression);
  return expression;
}
