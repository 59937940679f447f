// A bare name in YAML is an argument first: `branch` is written `args.branch` in the tree.
import { didYouMean } from "../../diagnostics/closest-name.ts";
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import type { BinaryOperator, Expression, FieldAccess, NameExpression } from "../../syntax/expression.ts";
import type { SelectedArguments } from "./tool-scope.ts";

/** Names of the file that stand for something else, and what that is, in words; `null` for what no argument clashes with. */
export type DeclaredNames = ReadonlyMap<string, string | null>;

export interface BareNames {
  readonly declared: DeclaredNames;
  readonly selected: SelectedArguments;
  report(diagnostic: Diagnostic): void;
  /** Every argument that the expression names, once each place. */
  argument?(name: string, span: Span): void;
}

const ROOTS = new Set(["args", "agent", "context", "result", "session", "tenant"]);
const COMPARISONS: ReadonlySet<BinaryOperator> = new Set([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not in",
  "within",
]);

/** A copy with bare names resolved; one that no selected action has is reported and becomes a missing expression. */
export function resolveBareNames(expression: Expression, names: BareNames): Expression {
  return new Resolver(names).visit(expression, new Set(), false);
}

class Resolver {
  readonly #names: BareNames;

  constructor(names: BareNames) {
    this.#names = names;
  }

  /** `member`: a place where a bare name is rather an enum member than an argument. */
  visit(node: Expression, bound: ReadonlySet<string>, member: boolean): Expression {
    const inner = (each: Expression): Expression => this.visit(each, bound, false);
    switch (node.kind) {
      case "string":
      case "number":
      case "bool":
      case "duration":
      case "time":
      case "regex":
      case "missing":
        return node;
      case "name":
        return bound.has(node.text) || ROOTS.has(node.text) ? node : this.#name(node, member);
      case "field":
        return this.#field(node, inner);
      case "index":
        return { ...node, of: inner(node.of), index: inner(node.index) };
      case "call": {
        if (node.callee.kind === "name") return { ...node, args: node.args.map(inner) };
        const { of, name } = node.callee;
        // The argument of `args.all(email)` is a type.
        const isAll = name.text === "all" && of.kind === "name" && of.text === "args";
        return {
          ...node,
          callee: { ...node.callee, of: inner(of) },
          args: isAll ? node.args : node.args.map(inner),
        };
      }
      case "unary":
      case "is":
      case "where-present":
      case "as":
        return { ...node, of: inner(node.of) };
      case "binary":
        return node.op === "matches"
          ? {
              ...node,
              left: inner(node.left),
              right: node.right.kind === "name" ? node.right : inner(node.right),
            }
          : {
              ...node,
              left: inner(node.left),
              right: this.visit(node.right, bound, COMPARISONS.has(node.op)),
            };
      case "if":
        return { ...node, condition: inner(node.condition), then: inner(node.then), else: inner(node.else) };
      case "quantifier":
        return {
          ...node,
          over: inner(node.over),
          body: this.visit(node.body, new Set([...bound, node.variable.text]), false),
        };
      case "has":
        return { ...node, key: node.key.map(inner) };
      case "collection":
        return { ...node, items: node.items.map((each) => this.visit(each, bound, true)) };
    }
  }

  #field(node: FieldAccess, inner: (each: Expression) => Expression): Expression {
    if (node.of.kind === "name" && node.of.text === "args") this.#names.argument?.(node.name.text, node.span);
    return { ...node, of: inner(node.of) };
  }

  #name(node: NameExpression, member: boolean): Expression {
    const { declared, selected } = this.#names;
    const isArgument = selected.names.has(node.text);
    const other = declared.get(node.text);
    if (declared.has(node.text)) {
      if (isArgument && other !== null && other !== undefined)
        this.#names.report(yamlDiagnostics["ambiguous-name"](node.span, { name: node.text, other }));
      return node;
    }
    if (!isArgument && member) return node;
    if (!isArgument && selected.complete) {
      const hint = didYouMean(
        node.text,
        selected.names,
        "name an argument, or put a text in quotes inside the expression",
      );
      this.#names.report(yamlDiagnostics["unknown-argument"](node.span, { name: node.text, hint }));
      return { kind: "missing", span: node.span };
    }
    this.#names.argument?.(node.text, node.span);
    return argument(node.text, node.span);
  }
}

/** `args.name`. */
export const argument = (name: string, span: Span): FieldAccess => ({
  kind: "field",
  span,
  of: { kind: "name", span, text: "args" },
  name: { kind: "name", span, text: name },
});
