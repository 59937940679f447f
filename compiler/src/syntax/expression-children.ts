// The direct subexpressions of an expression, in source order: for every walk that does not care about kinds.
import type { Expression } from "./expression.ts";

export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "field":
    case "unary":
    case "is":
    case "where-present":
    case "as":
      return [node.of];
    case "index":
      return [node.of, node.index];
    case "call":
      return [node.callee, ...node.args];
    case "binary":
      return [node.left, node.right];
    case "if":
      return [node.condition, node.then, node.else];
    case "quantifier":
      return [node.over, node.body];
    case "has":
      return node.key;
    case "collection":
      return node.items;
    case "string":
    case "number":
    case "bool":
    case "duration":
    case "time":
    case "name":
    case "regex":
    case "missing":
      return [];
  }
}

/** The expression and everything inside it, outer before inner. */
export function* walkExpression(node: Expression): Generator<Expression> {
  yield node;
  for (const child of childrenOf(node)) yield* walkExpression(child);
}

/** Whether something holds of the expression or of anything inside it. For what runs on every rule: generators take longer. */
export const someExpression = (node: Expression, holds: (node: Expression) => boolean): boolean =>
  holds(node) || childrenOf(node).some((child) => someExpression(child, holds));
