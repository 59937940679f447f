// What expressions name, by syntax alone: decides phases and which actions read alike.
import type { Module } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";

export interface Reads {
  /** Names of top-level arguments. */
  readonly args: ReadonlySet<string>;
  /** `args` as a whole: `args.all(T)`, `args matches p`. */
  readonly wholeArgs: boolean;
  readonly result: boolean;
  readonly roots: ReadonlySet<"args" | "agent" | "context" | "result">;
}

const ROOTS = ["args", "agent", "context", "result"] as const;

export function readsOf(expressions: readonly Expression[], dialect: Module["dialect"]): Reads {
  const args = new Set<string>();
  const roots = new Set<(typeof ROOTS)[number]>();
  let wholeArgs = false;
  const visit = (node: Expression, bound: readonly string[]): void => {
    if (node.kind === "field" && isName(node.of, "args", bound)) {
      args.add(node.name.text);
      roots.add("args");
      if (node.name.text === "all") wholeArgs = true;
      return;
    }
    if (node.kind === "name" && !bound.includes(node.text)) {
      const root = ROOTS.find((each) => each === node.text);
      if (root !== undefined) roots.add(root);
      if (root === "args") wholeArgs = true;
      if (root === undefined && dialect === "yaml") args.add(node.text);
      return;
    }
    if (node.kind === "quantifier") {
      visit(node.over, bound);
      visit(node.body, [...bound, node.variable.text]);
      return;
    }
    for (const child of childrenOf(node)) visit(child, bound);
  };
  for (const each of expressions) visit(each, []);
  return { args, wholeArgs, result: roots.has("result"), roots };
}

const isName = (node: Expression, text: string, bound: readonly string[]): boolean =>
  node.kind === "name" && node.text === text && !bound.includes(text);
