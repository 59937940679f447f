// A number that expressions with one key have in common, for a small part of what putting the key together takes: where
// numbers differ, no keys need to be compared.
import { mixed, mixedConstant } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { ExpressionTypes } from "../checked-program.ts";
import { UNORDERED } from "./expression-key.ts";
import type { Numbering } from "./numbering.ts";

/** Says less than `expressionKey` does: expressions with other keys may have the same number. */
export function digestOf(node: Expression, types: ExpressionTypes, texts: Numbering): number {
  const info = types.get(node);
  if (info !== undefined) {
    const { constant, meaning } = info;
    if (constant !== undefined) return mixedConstant(constant, (text) => texts.of(text));
    switch (meaning?.kind) {
      case "path":
        return texts.of(meaning.path[meaning.path.length - 1] ?? meaning.root);
      case "variable":
      case "parameter":
      case "pattern":
      case "fact":
      case "gather":
        return 1;
      default:
        break;
    }
  }
  if (node.kind === "binary") {
    const left = digestOf(node.left, types, texts);
    return joined(node.op, left, digestOf(node.right, types, texts), texts);
  }
  if (node.kind !== "call") return digestOfAll(childrenOf(node), 0, types, texts);
  const { callee } = node;
  const method = callee.kind === "field" && types.has(callee.of);
  return digestOfAll(node.args, method ? digestOf(callee.of, types, texts) : 0, types, texts);
}

/** Of a binary operator, from those of its operands. */
export function joined(op: string, left: number, right: number, texts: Numbering): number {
  const operator = texts.of(op);
  return UNORDERED.has(op)
    ? mixed(mixed(operator, left + right), Math.imul(left, right))
    : mixed(mixed(operator, left), right);
}

function digestOfAll(
  nodes: readonly Expression[],
  first: number,
  types: ExpressionTypes,
  texts: Numbering,
): number {
  let digest = first;
  for (const node of nodes) digest = mixed(digest, digestOf(node, types, texts));
  return digest;
}
