// The size of an expression as a tree, though it may share parts.
import { eachChild } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import { MAX_EXPRESSION_NODES, TooLarge } from "./too-large.ts";

/** The expression, when it is not too large to be walked as a tree. */
export function checkedSize(expression: IrExpression): IrExpression {
  const sizes = new Map<IrExpression, number>();
  const sizeOf = (node: IrExpression): number => {
    const known = sizes.get(node);
    if (known !== undefined) return known;
    let size = 1;
    eachChild(node, (child) => {
      size += sizeOf(child);
    });
    if (size > MAX_EXPRESSION_NODES) throw new TooLarge();
    sizes.set(node, size);
    return size;
  };
  sizeOf(expression);
  return expression;
}
