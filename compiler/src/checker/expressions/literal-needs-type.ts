// Which expressions take their type from their place, so that the other operand is looked at first.
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { isRoot, isYamlArgument } from "./declared-value.ts";

/** True for literals and for bare names that only an expected enum can explain, roots among them: a whole root is no operand. */
export function literalNeedsType(context: CheckContext, node: Expression): boolean {
  switch (node.kind) {
    case "string":
    case "number":
      return true;
    case "collection":
      return node.items.every((item) => literalNeedsType(context, item));
    case "name":
      return (
        !context.variables.has(node.text) &&
        (isRoot(node.text) ||
          (!isYamlArgument(context, node.text) && context.module.lookup(node.text, "value") === undefined))
      );
    case "unary":
      return node.op === "-" && literalNeedsType(context, node.of);
    case "if":
      return literalNeedsType(context, node.then) && literalNeedsType(context, node.else);
    case "binary":
      return (
        ["+", "-", "*", "%"].includes(node.op) &&
        literalNeedsType(context, node.left) &&
        literalNeedsType(context, node.right)
      );
    default:
      return false;
  }
}
