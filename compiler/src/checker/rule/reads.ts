// What expressions name, by syntax alone: decides phases and which actions read alike.
import type { Module } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { RootName } from "../check-context.ts";
import { isRoot } from "../expressions/declared-value.ts";

export interface Reads {
  /** Names of top-level arguments. */
  readonly args: ReadonlySet<string>;
  /** `args` as a whole: `args.all(T)`, `args matches p`. */
  readonly wholeArgs: boolean;
  readonly result: boolean;
  readonly roots: ReadonlySet<RootName>;
}

export function readsOf(expressions: readonly Expression[], dialect: Module["dialect"]): Reads {
  const args = new Set<string>();
  const roots = new Set<RootName>();
  let wholeArgs = false;
  const visit = (node: Expression, bound: readonly string[]): void => {
    if (node.kind === "field" && isName(node.of, "args", bound)) {
      args.add(node.name.text);
      roots.add("args");
      if (node.name.text === "all") wholeArgs = true;
      return;
    }
    if (node.kind === "name" && !bound.includes(node.text)) {
      if (isRoot(node.text)) roots.add(node.text);
      else if (dialect === "yaml") args.add(node.text);
      if (node.text === "args") wholeArgs = true;
      return;
    }
    if (node.kind === "quantifier") {
      visit(node.over, bound);
      visit(node.body, [...bound, node.variable.text]);
      return;
    }
    const members = memberPlaces(node);
    for (const child of childrenOf(node)) {
      // Whole roots are no scalars: `result` there is the member of an enum that is called so.
      if (child.kind === "name" && members.includes(child) && isRoot(child.text)) continue;
      visit(child, bound);
    }
  };
  for (const each of expressions) visit(each, []);
  return { args, wholeArgs, result: roots.has("result"), roots };
}

/** Operands that are scalars whatever they are. */
function memberPlaces(node: Expression): readonly Expression[] {
  if (node.kind === "collection") return node.items;
  if (node.kind !== "binary") return NONE;
  switch (node.op) {
    case "==":
    case "!=":
      return [node.left, node.right];
    case "in":
    case "not in":
      return [node.left];
    default:
      return NONE;
  }
}
const NONE: readonly Expression[] = [];

const isName = (node: Expression, text: string, bound: readonly string[]): boolean =>
  node.kind === "name" && node.text === text && !bound.includes(text);
