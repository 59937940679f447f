// The text of what an expression means: two expressions with one key have one value in every call.
import { printType } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { ExpressionInfo, ExpressionTypes } from "../checked-program.ts";

const known = new WeakMap<ExpressionTypes, Map<Expression, string | null>>();

/** Null for what was not understood. Names of variables do not count, nor the order of `and`, `or`, `==`. */
export function expressionKey(node: Expression, types: ExpressionTypes): string | null {
  let keys = known.get(types);
  if (keys === undefined) known.set(types, (keys = new Map()));
  const before = keys.get(node);
  if (before !== undefined) return before;
  const key = keyOf(node, types, []);
  keys.set(node, key);
  return key;
}

function keyOf(node: Expression, types: ExpressionTypes, variables: readonly object[]): string | null {
  const info = types.get(node);
  if (info?.constant !== undefined) return `${printType(info.type)} ${JSON.stringify(info.constant)}`;
  const own = ownKey(node, info, variables);
  if (own === null) return null;
  if (own.whole) return own.text;
  const inside = node.kind === "quantifier" ? [node, ...variables] : variables;
  const children: string[] = [];
  for (const child of keyedChildren(node, types)) {
    const around = child === bodyOf(node) ? inside : variables;
    const key = around.length === 0 ? expressionKey(child, types) : keyOf(child, types, around);
    if (key === null) return null;
    children.push(key);
  }
  if (node.kind === "binary" && UNORDERED.has(node.op)) children.sort();
  const key = `${own.text}(${children.join(", ")})`;
  if (info?.guards === undefined) return key;
  const guards = info.guards.map((each) => keyOf(each.of, types, variables) ?? "?").sort();
  return `${key} where ${guards.join(",")}`;
}

export const UNORDERED: ReadonlySet<string> = new Set(["and", "or", "==", "!="]);

const bodyOf = (node: Expression): Expression | null => (node.kind === "quantifier" ? node.body : null);

/** Callees are named by what they mean, packages are no values. */
export const keyedChildren = (node: Expression, types: ExpressionTypes): readonly Expression[] => {
  if (node.kind !== "call") return childrenOf(node);
  const { callee } = node;
  return callee.kind === "field" && types.has(callee.of) ? [callee.of, ...node.args] : node.args;
};

interface OwnKey {
  readonly text: string;
  /** The children add nothing. */
  readonly whole: boolean;
}

function ownKey(
  node: Expression,
  info: ExpressionInfo | undefined,
  variables: readonly object[],
): OwnKey | null {
  const meaning = info?.meaning;
  switch (meaning?.kind) {
    case "path":
      return { text: pathKey(meaning.root, meaning.path), whole: true };
    case "variable": {
      const depth = variables.indexOf(meaning.declaredBy);
      return depth < 0 ? null : { text: `%${depth}`, whole: true };
    }
    case "parameter":
      return { text: `$${meaning.name}`, whole: true };
    case "pattern":
      return { text: `re ${meaning.pattern}`, whole: true };
    case "fact":
      return { text: `fact ${meaning.name} ${meaning.path}`, whole: true };
    case "gather":
      return { text: `all ${printType(meaning.type)}`, whole: true };
    case "label":
      return { text: `has ${meaning.label.id}`, whole: false };
    case "function":
      return {
        text: `fn ${meaning.function.name} ${meaning.function.body.span.file} ${meaning.function.body.span.start}`,
        whole: false,
      };
    case "builtin":
      return { text: `call ${meaning.name}${node.kind === "binary" ? ` ${node.op}` : ""}`, whole: false };
    case "record-field":
    case "part":
      return { text: `.${meaning.name}`, whole: false };
    case undefined:
      return plainKey(node, info);
  }
}

function pathKey(root: string, path: readonly string[]): string {
  let key = root;
  for (const each of path) key += `/${JSON.stringify(each)}`;
  return key;
}

function plainKey(node: Expression, info: ExpressionInfo | undefined): OwnKey | null {
  switch (node.kind) {
    case "binary":
      return { text: node.op, whole: false };
    case "unary":
      return { text: node.op, whole: false };
    case "is":
      return { text: `is ${node.what}`, whole: false };
    case "where-present":
      return { text: "there", whole: false };
    case "if":
    case "index":
      return { text: node.kind, whole: false };
    case "quantifier":
      return { text: `${node.op}${node.nonEmpty ? " non-empty" : ""}`, whole: false };
    case "as":
      return info === undefined ? null : { text: `as ${printType(info.type)}`, whole: false };
    case "regex":
      return { text: `re ${node.ignoreCase ? "i" : ""}${node.source}`, whole: true };
    default:
      return null;
  }
}
