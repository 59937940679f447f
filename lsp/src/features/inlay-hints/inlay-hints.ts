// What the text leaves out and a reader may want: types of constants and variables, names of parameters, how much a wildcard takes in.
import {
  walkNodes,
  type CallExpression,
  type ConstDeclaration,
  type Expression,
  type PlacedNode,
  type QuantifierExpression,
  type Selector,
} from "@aegis/compiler";
import { printType, required } from "@aegis/runtime/core";
import { infosOf } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";

export interface InlayHint {
  readonly offset: number;
  readonly text: string;
  readonly kind: "type" | "parameter";
}

const LITERALS: ReadonlySet<Expression["kind"]> = new Set<Expression["kind"]>([
  "string",
  "number",
  "bool",
  "duration",
  "time",
  "collection",
]);

/** In the part of the text that is shown. */
export function inlayHints(view: View, start: number, end: number): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const item of view.module?.module.items ?? []) {
    if (item.span.file !== view.file.path || item.span.end < start || item.span.start > end) continue;
    if (item.kind === "const") hints.push(...constantHint(view, item));
    const visit = (node: PlacedNode, path: readonly PlacedNode[]): void => {
      if (node.kind === "quantifier") hints.push(...variableHint(view, node as QuantifierExpression, path));
      if (node.kind === "call") hints.push(...parameterHints(view, node as CallExpression, path));
      if (node.kind === "selector") hints.push(...selectorHint(view, node as Selector));
    };
    visit(item, [item]);
    for (const node of walkNodes(item)) {
      const holder = item.kind === "policy" ? item.rules.find((rule) => holds(rule, node)) : undefined;
      visit(node, holder === undefined ? [item] : [item, holder]);
    }
  }
  return hints
    .filter((each) => each.offset >= start && each.offset <= end)
    .sort((a, b) => a.offset - b.offset);
}

const holds = (outer: PlacedNode, inner: PlacedNode): boolean =>
  outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;

function constantHint(view: View, node: ConstDeclaration): InlayHint[] {
  const type = node.type === null ? view.analysis.checked.constants.get(node)?.type : undefined;
  return type === undefined
    ? []
    : [{ offset: node.name.span.end, text: `: ${printType(type)}`, kind: "type" }];
}

function variableHint(view: View, node: QuantifierExpression, path: readonly PlacedNode[]): InlayHint[] {
  const type = infosOf(view, node.over, path)[0]?.info.type;
  const of = type === undefined ? undefined : required(type);
  if (of?.kind !== "list" && of?.kind !== "set") return [];
  return [{ offset: node.variable.span.end, text: `: ${printType(of.of)}`, kind: "type" }];
}

/** Names of a function's parameters, before arguments that say nothing themselves. */
function parameterHints(view: View, node: CallExpression, path: readonly PlacedNode[]): InlayHint[] {
  for (const { info } of infosOf(view, node, path)) {
    if (info.meaning?.kind !== "function") continue;
    const { params } = info.meaning.function;
    return node.args.flatMap((argument, index) => {
      const name = params[index]?.name;
      return name === undefined || !LITERALS.has(argument.kind)
        ? []
        : [{ offset: argument.span.start, text: `${name}:`, kind: "parameter" as const }];
    });
  }
  return [];
}

function selectorHint(view: View, node: Selector): InlayHint[] {
  const wild = node.include.some((part) => part.kind !== "tool" || part.actions === null);
  if (!wild || view.module === null) return [];
  const count = view.module.expand(node, { report: () => undefined }).length;
  return [{ offset: node.span.end, text: `${String(count)} action${count === 1 ? "" : "s"}`, kind: "type" }];
}
