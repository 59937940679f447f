// What is told about the word under the pointer: types, documentation, what a rule decides. Plain data; nothing is markup.
import { frontEndOf, type Expression, type FieldAccess, type PlacedNode, type Span } from "@aegis/compiler";
import { occurrencesAt } from "../../workspace/symbol-at.ts";
import { isExpression, pathAt } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";
import { describeExpression } from "./describe-expression.ts";
import { describeKeyword } from "./describe-keyword.ts";
import { describeSymbol } from "./describe-symbol.ts";
import { describeTypeName } from "./describe-type.ts";
import { describeYamlKey } from "./describe-yaml-key.ts";
import type { Hover, HoverPart } from "./hover-part.ts";

/** Most things told at once: a name may stand for arguments of many actions. */
const MOST = 4;

export function hover(view: View, offset: number): Hover | null {
  const path = pathAt(view, offset);
  const found = occurrencesAt(view, offset);
  const [first] = found;
  if (first !== undefined) {
    const parts = found.slice(0, MOST).flatMap(({ symbol }) => describeSymbol(view, symbol));
    if (found.length > MOST) parts.push({ kind: "text", text: `… and ${String(found.length - MOST)} more` });
    const expression = innermost(path);
    const typed = expression === undefined ? [] : describeExpression(view, expression, path, offset);
    return { span: first.span, parts: distinct([...typed, ...parts]) };
  }
  const expression = innermost(path);
  if (expression !== undefined) {
    const parts = describeExpression(view, expression, path, offset);
    if (parts.length > 0) return { span: spanIn(expression, offset), parts };
  }
  if (frontEndOf(view.file.path).name === "yaml") return describeYamlKey(view.file, offset);
  return describeTypeName(path) ?? describeKeyword(view.file, offset);
}

/** A field's name has the shape of an expression, and is none. */
const innermost = (path: readonly PlacedNode[]) =>
  path.filter((node, index) => isExpression(node) && !isFieldName(node, path[index - 1])).at(-1) as
    Expression | undefined;

const isFieldName = (node: PlacedNode, parent: PlacedNode | undefined): boolean =>
  parent?.kind === "field" && (parent as FieldAccess).name === node;

/** Of a chain `a.b.c` the name at the offset. */
function spanIn(expression: NonNullable<ReturnType<typeof innermost>>, offset: number): Span {
  if (expression.kind === "field" && offset >= expression.name.span.start) return expression.name.span;
  if (expression.kind === "binary") return expression.opSpan;
  return expression.span;
}

function distinct(parts: readonly HoverPart[]): readonly HoverPart[] {
  const seen = new Set<string>();
  return parts.filter(({ kind, text }) => {
    const key = `${kind}:${text}`;
    return text !== "" && !seen.has(key) && seen.add(key) !== undefined;
  });
}
