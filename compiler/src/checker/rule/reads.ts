// What expressions name, by syntax alone: decides phases and which actions read alike.
import type { Module } from "../../syntax/ast.ts";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import { isRoot } from "../expressions/declared-value.ts";

export interface Reads {
  /** Names of top-level arguments, each once. */
  readonly args: readonly string[];
  /** `args` as a whole: `args.all(T)`, `args matches p`. */
  readonly wholeArgs: boolean;
  /** `args`, in whatever form an author writes it. */
  readonly call: boolean;
  readonly result: boolean;
}

type Found = { -readonly [Member in keyof Reads]: Reads[Member] } & { readonly args: string[] };

/** Beside what `others` read. */
export function readsOf(
  expressions: readonly Expression[],
  dialect: Module["dialect"],
  others: Reads = NOTHING_READ,
): Reads {
  const args = [...others.args];
  const found: Found = { args, wholeArgs: others.wholeArgs, call: others.call, result: others.result };
  for (const each of expressions) visit(each, dialect, NOTHING_BOUND, found);
  return found;
}

const NOTHING_READ: Reads = { args: [], wholeArgs: false, call: false, result: false };
const NOTHING_BOUND: readonly string[] = [];

function visit(node: Expression, dialect: Module["dialect"], bound: readonly string[], found: Found): void {
  switch (node.kind) {
    case "binary":
      visitOperand(node.left, LEFT_IS_SCALAR.has(node.op), dialect, bound, found);
      visitOperand(node.right, node.op === "==" || node.op === "!=", dialect, bound, found);
      return;
    case "field":
      if (node.of.kind === "name" && node.of.text === "args" && !bound.includes("args")) {
        addArgument(node.name.text, found);
        found.call = true;
        if (node.name.text === "all") found.wholeArgs = true;
      } else visit(node.of, dialect, bound, found);
      return;
    case "name":
      visitName(node.text, dialect, bound, found);
      return;
    case "string":
    case "number":
      return;
    case "call":
      visit(node.callee, dialect, bound, found);
      for (const each of node.args) visit(each, dialect, bound, found);
      return;
    case "collection":
      for (const each of node.items) visitOperand(each, true, dialect, bound, found);
      return;
    case "quantifier":
      visit(node.over, dialect, bound, found);
      visit(node.body, dialect, [...bound, node.variable.text], found);
      return;
    default:
      for (const each of childrenOf(node)) visit(each, dialect, bound, found);
  }
}

const LEFT_IS_SCALAR: ReadonlySet<string> = new Set(["==", "!=", "in", "not in"]);

function visitOperand(
  node: Expression,
  scalar: boolean,
  dialect: Module["dialect"],
  bound: readonly string[],
  found: Found,
): void {
  // Whole roots are no scalars: `result` there is the member of an enum that is called so.
  if (!scalar || node.kind !== "name" || !isRoot(node.text)) visit(node, dialect, bound, found);
}

function visitName(name: string, dialect: Module["dialect"], bound: readonly string[], found: Found): void {
  if (bound.includes(name)) return;
  if (name === "args") {
    found.call = true;
    found.wholeArgs = true;
  } else if (name === "result") found.result = true;
  else if (dialect === "yaml" && !isRoot(name)) addArgument(name, found);
}

function addArgument(name: string, found: Found): void {
  if (!found.args.includes(name)) found.args.push(name);
}
