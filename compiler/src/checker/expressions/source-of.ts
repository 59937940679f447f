// A place as its author wrote it, for messages.
import type { Expression } from "../../syntax/expression.ts";

/** Paths as written; other expressions are called `this`. */
export function sourceOf(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.text;
    case "field":
      return `${sourceOf(node.of)}.${node.name.text}`;
    case "index":
      return node.index.kind === "string"
        ? `${sourceOf(node.of)}[${JSON.stringify(node.index.value)}]`
        : `${sourceOf(node.of)}[…]`;
    case "where-present":
      return sourceOf(node.of);
    case "call":
      return `${sourceOf(node.callee)}(…)`;
    default:
      return "this";
  }
}
