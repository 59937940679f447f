// Binary operators, keyed by operator.
import { BOOL } from "@aegis/runtime/core";
import type { IrArithmetic, IrCompare, IrExpression } from "@aegis/runtime/core";
import type { BinaryExpression, BinaryOperator, Expression } from "../syntax/expression.ts";
import { negate } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

type BinaryLowerer = (node: BinaryExpression, environment: Environment) => Lowered;

const bool = (expression: IrExpression): Lowered => ({ expression, type: BOOL });

const compare =
  (op: IrCompare["op"]): BinaryLowerer =>
  (node, environment) => {
    const { left, right } = operands(node, environment);
    return bool({ kind: "compare", op, left: left.expression, right: right.expression });
  };

const arithmetic =
  (op: IrArithmetic["op"]): BinaryLowerer =>
  (node, environment) => {
    const { left, right } = operands(node, environment);
    const type = infoOf(node, environment).type;
    // The constant factor stands on the right, as the IR asks.
    const swapped = op === "mul" && left.expression.kind === "const" && right.expression.kind !== "const";
    const [first, second] = swapped ? [right, left] : [left, right];
    return {
      expression: { kind: "arithmetic", op, left: first.expression, right: second.expression },
      type,
    };
  };

const operators: { readonly [Operator in BinaryOperator]: BinaryLowerer } = {
  and: (node, environment) => bool({ kind: "and", all: chain(node, "and", environment) }),
  or: (node, environment) => bool({ kind: "or", any: chain(node, "or", environment) }),
  "==": compare("eq"),
  "!=": compare("ne"),
  "<": compare("lt"),
  "<=": compare("le"),
  ">": compare("gt"),
  ">=": compare("ge"),
  in: (node, environment) => bool(lowerIn(node, environment)),
  "not in": (node, environment) => bool(negate(lowerIn(node, environment))),
  within: (node, environment) => bool(lowerBuiltin(node, environment)),
  under: (node, environment) => bool(lowerBuiltin(node, environment)),
  matches: (node, environment) => {
    const { meaning } = infoOf(node.right, environment);
    if (meaning?.kind !== "pattern")
      throw new InternalError(`no pattern at ${node.right.span.file}:${node.right.span.start}`);
    const of = environment.lower.value(node.left, environment).expression;
    const pattern = environment.tables.patternIndex(meaning.name, meaning.pattern);
    return bool({ kind: "matches", of, pattern });
  },
  else: (node, environment) => {
    const left = environment.lower.place(node.left, environment);
    if (left.type.kind !== "optional") return left;
    const right = environment.lower.value(node.right, environment);
    return {
      expression: { kind: "else", of: left.expression, fallback: right.expression },
      type: left.type.of,
    };
  },
  "+": arithmetic("add"),
  "-": arithmetic("sub"),
  "*": arithmetic("mul"),
  "%": arithmetic("mod"),
};

export function lowerBinary(node: BinaryExpression, environment: Environment): Lowered {
  return operators[node.op](node, environment);
}

/** The operands of `a and b and c`: one flat node, however long the chain. */
function chain(node: Expression, op: "and" | "or", environment: Environment): readonly IrExpression[] {
  const found: IrExpression[] = [];
  const visit = (each: Expression): void => {
    if (each.kind === "binary" && each.op === op) {
      visit(each.left);
      visit(each.right);
    } else found.push(environment.lower.condition(each, environment));
  };
  visit(node);
  return found;
}

function operands(
  node: BinaryExpression,
  environment: Environment,
): { readonly left: Lowered; readonly right: Lowered } {
  return {
    left: environment.lower.value(node.left, environment),
    right: environment.lower.value(node.right, environment),
  };
}

/** The builtin that the checker found by the types of the operands. */
function lowerBuiltin(node: BinaryExpression, environment: Environment): IrExpression {
  const { meaning } = infoOf(node, environment);
  if (meaning?.kind !== "builtin")
    throw new InternalError(`no builtin for ${node.op} at ${node.span.file}:${node.span.start}`);
  const { left, right } = operands(node, environment);
  return { kind: "call", fn: meaning.name, args: [left.expression, right.expression] };
}

/** An element of a collection or a key of a map, else what a builtin says. */
function lowerIn(node: BinaryExpression, environment: Environment): IrExpression {
  if (infoOf(node, environment).meaning?.kind === "builtin") return lowerBuiltin(node, environment);
  const { left, right } = operands(node, environment);
  return { kind: "member", item: left.expression, of: right.expression };
}
