// The expression at an offset and what its types say, once for each group of actions.
import {
  knownExpressions,
  nodesAt,
  type Expression,
  type ExpressionInfo,
  type PlacedNode,
} from "@aegis/compiler";
import type { View } from "./view.ts";

/** Nodes around the offset, from the module inwards; empty outside the program. */
export const pathAt = (view: View, offset: number): readonly PlacedNode[] =>
  view.module === null ? [] : nodesAt(view.module.module, offset);

const EXPRESSIONS: ReadonlySet<string> = new Set([
  "string",
  "number",
  "bool",
  "duration",
  "time",
  "name",
  "field",
  "index",
  "call",
  "unary",
  "binary",
  "is",
  "where-present",
  "if",
  "quantifier",
  "has",
  "collection",
  "as",
  "regex",
] satisfies Expression["kind"][]);

export const isExpression = (node: PlacedNode): node is Expression => EXPRESSIONS.has(node.kind ?? "");

export interface KnownInfo {
  readonly info: ExpressionInfo;
  /** Indices of the actions it holds for; empty in functions. */
  readonly actions: readonly number[];
}

/** What is known of an expression, by the declarations around it. */
export function infosOf(
  view: View,
  expression: Expression,
  path: readonly PlacedNode[],
): readonly KnownInfo[] {
  const known = knownExpressions(view.analysis.checked);
  return path.flatMap((node) =>
    (known.get(node) ?? []).flatMap(({ types, actions }) => {
      const info = types.get(expression);
      return info === undefined ? [] : [{ info, actions }];
    }),
  );
}
