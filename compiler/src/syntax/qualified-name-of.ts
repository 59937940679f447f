// A chain of names that stands as an expression, read as one dotted name.
import type { Expression, Name, QualifiedName } from "./expression.ts";

/** A chain of names `a.b.c` as a qualified name; undefined for any other expression. */
export function qualifiedNameOf(node: Expression): QualifiedName | undefined {
  const parts: Name[] = [];
  let current = node;
  while (current.kind === "field") {
    parts.unshift(current.name);
    current = current.of;
  }
  if (current.kind !== "name") return undefined;
  parts.unshift({ kind: "name", span: current.span, text: current.text });
  return { kind: "qualified-name", span: node.span, parts };
}
