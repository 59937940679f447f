// The size and depth of an expression as a tree, though it may share parts.
import { eachChild, MAX_EXPRESSION_DEPTH } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { MAX_EXPRESSION_NODES, TooLarge } from "./too-large.ts";

/** Levels that are left for what is put around a condition: visibility, exceptions. */
const SPARE_DEPTH = 16;

/** The expression, when it is not too large to be walked as a tree. */
export function checkedSize(expression: IrExpression): IrExpression {
  const known = new Map<IrExpression, { readonly nodes: number; readonly depth: number }>();
  const measure = (node: IrExpression): { readonly nodes: number; readonly depth: number } => {
    const measured = known.get(node);
    if (measured !== undefined) return measured;
    let nodes = 1;
    let depth = 1;
    eachChild(node, (child) => {
      const below = measure(child);
      nodes += below.nodes;
      depth = Math.max(depth, 1 + below.depth);
    });
    if (nodes > MAX_EXPRESSION_NODES || depth > MAX_EXPRESSION_DEPTH - SPARE_DEPTH) throw new TooLarge();
    const size = { nodes, depth };
    known.set(node, size);
    return size;
  };
  measure(expression);
  return expression;
}
