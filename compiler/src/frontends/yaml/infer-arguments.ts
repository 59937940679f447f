// Types of the arguments of open tools, told from how conditions use them.
import type { Span } from "../../source/span.ts";
import type { BinaryOperator, Expression, TypeNode } from "../../syntax/expression.ts";

/** What names of the file are: the type of a constant, or the enum of a member. */
export type TypesOfNames = ReadonlyMap<string, TypeNode>;

export interface ArgumentUse {
  readonly name: string;
  readonly span: Span;
  /** Null: this use does not tell. `any`: this use fits every type. */
  readonly type: TypeNode | "any" | null;
}

const ARITHMETIC: ReadonlySet<BinaryOperator> = new Set(["+", "-", "*", "%"]);
const COMPARISON: ReadonlySet<BinaryOperator> = new Set(["==", "!=", "<", "<=", ">", ">=", "else"]);
const MEMBERSHIP: ReadonlySet<BinaryOperator> = new Set(["in", "not in"]);
/** Methods that every engine has on plain text. */
const TEXT_METHODS = new Set(["starts_with", "ends_with", "contains", "lower", "upper"]);

/** Every use of `args.x` in a resolved expression; `expected` is the type that the whole is used as. */
export function argumentUses(
  expression: Expression,
  names: TypesOfNames,
  expected: TypeNode | "any" | null,
): readonly ArgumentUse[] {
  const uses: ArgumentUse[] = [];
  const visit = (node: Expression, wanted: TypeNode | "any" | null): void => {
    switch (node.kind) {
      case "field":
        if (node.of.kind === "name" && node.of.text === "args")
          uses.push({ name: node.name.text, span: node.span, type: wanted });
        else visit(node.of, null);
        return;
      case "index":
        visit(node.of, null);
        visit(node.index, null);
        return;
      case "call":
        if (node.callee.kind === "field")
          visit(node.callee.of, TEXT_METHODS.has(node.callee.name.text) ? named("string", node.span) : null);
        for (const each of node.args) visit(each, null);
        return;
      case "unary":
        visit(node.of, named(node.op === "not" ? "bool" : "decimal", node.span));
        return;
      case "binary":
        visitBinary(node.op, node.left, node.right, wanted);
        return;
      case "is":
        visit(node.of, "any");
        return;
      case "where-present":
        visit(node.of, wanted);
        return;
      case "as":
        visit(node.of, named("json", node.span));
        return;
      case "if":
        visit(node.condition, named("bool", node.span));
        visit(node.then, wanted);
        visit(node.else, wanted);
        return;
      case "quantifier":
        visit(node.over, null);
        visit(node.body, node.op === "count" ? named("bool", node.span) : named("bool", node.span));
        return;
      case "has":
        for (const each of node.key) visit(each, null);
        return;
      case "collection":
        for (const each of node.items) visit(each, null);
        return;
      default:
        return;
    }
  };
  const visitBinary = (
    op: BinaryOperator,
    left: Expression,
    right: Expression,
    wanted: TypeNode | "any" | null,
  ): void => {
    if (op === "and" || op === "or") {
      visit(left, named("bool", left.span));
      visit(right, named("bool", right.span));
    } else if (op === "matches") visit(left, named("string", left.span));
    else if (COMPARISON.has(op)) {
      visit(left, typeOf(right, names) ?? (op === "else" ? wanted : null));
      visit(right, typeOf(left, names) ?? (op === "else" ? wanted : null));
    } else if (ARITHMETIC.has(op)) {
      visit(left, typeOf(right, names) ?? named("decimal", left.span));
      visit(right, typeOf(left, names) ?? named("decimal", right.span));
    } else if (MEMBERSHIP.has(op)) {
      visit(left, elementOf(right, names));
      visit(right, null);
    } else {
      visit(left, null);
      visit(right, null);
    }
  };
  visit(expression, expected);
  return uses;
}

/** The type that a constant side gives the other side. A number gives `decimal`, which holds whole numbers too. */
function typeOf(node: Expression, names: TypesOfNames): TypeNode | null {
  switch (node.kind) {
    case "string":
      return named("string", node.span);
    case "number":
      return named("decimal", node.span);
    case "bool":
    case "duration":
    case "time":
      return named(node.kind, node.span);
    case "unary":
      return node.op === "-" ? named("decimal", node.span) : named("bool", node.span);
    case "name":
      return names.get(node.text) ?? null;
    case "binary":
      return ARITHMETIC.has(node.op) ? (typeOf(node.left, names) ?? typeOf(node.right, names)) : null;
    default:
      return null;
  }
}

function elementOf(node: Expression, names: TypesOfNames): TypeNode | null {
  if (node.kind === "collection") {
    for (const item of node.items) {
      const type = typeOf(item, names);
      if (type !== null) return type;
    }
    return null;
  }
  const type = node.kind === "name" ? names.get(node.text) : undefined;
  return type?.kind === "type-collection" && type.collection !== "map" ? type.of : null;
}

export const named = (name: string, span: Span): TypeNode => ({
  kind: "type-name",
  span,
  name: { kind: "qualified-name", span, parts: [{ kind: "name", span, text: name }] },
  bounds: null,
});
