// Binary operators, keyed by operator.
import { BOOL, findBuiltin, shiftLocals } from "@aegis/runtime/core";
import type { IrArithmetic, IrCompare, IrExpression } from "@aegis/runtime/core";
import type { BinaryExpression, BinaryOperator } from "../syntax/expression.ts";
import { allOf, anyOf, both, negate, TRUE } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";
import { literalItems, memberOfItems } from "./lower-collection.ts";
import { elementType } from "./lower-quantifier.ts";

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
  and: (node, environment) =>
    bool({
      kind: "and",
      all: [
        environment.lower.condition(node.left, environment),
        environment.lower.condition(node.right, environment),
      ],
    }),
  or: (node, environment) =>
    bool({
      kind: "or",
      any: [
        environment.lower.condition(node.left, environment),
        environment.lower.condition(node.right, environment),
      ],
    }),
  "==": compare("eq"),
  "!=": compare("ne"),
  "<": compare("lt"),
  "<=": compare("le"),
  ">": compare("gt"),
  ">=": compare("ge"),
  in: (node, environment) => bool(lowerIn(node, environment)),
  "not in": (node, environment) => bool(negate(lowerIn(node, environment))),
  within: (node, environment) => bool(lowerWithin(node, environment)),
  under: (node, environment) => bool(lowerUnder(node, environment)),
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

function operands(
  node: BinaryExpression,
  environment: Environment,
): { readonly left: Lowered; readonly right: Lowered } {
  return {
    left: environment.lower.value(node.left, environment),
    right: environment.lower.value(node.right, environment),
  };
}

/** The builtin that the operator stands for, by the types of the operands. */
function builtinFor(
  node: BinaryExpression,
  environment: Environment,
  left: Lowered,
  right: Lowered,
  written: string = node.op,
): IrExpression | undefined {
  const { meaning } = infoOf(node, environment);
  const fn =
    meaning?.kind === "builtin"
      ? meaning.name
      : findBuiltin("operator", written, [left.type, right.type])?.name;
  return fn === undefined ? undefined : { kind: "call", fn, args: [left.expression, right.expression] };
}

function lowerUnder(node: BinaryExpression, environment: Environment): IrExpression {
  const { left, right } = operands(node, environment);
  const call = builtinFor(node, environment, left, right);
  if (call === undefined) throw new InternalError(`no builtin for ${node.op}`);
  return call;
}

function lowerIn(node: BinaryExpression, environment: Environment): IrExpression {
  const left = environment.lower.value(node.left, environment);
  const items = literalItems(node.right, environment);
  if (items !== undefined) return memberOfItems(left.expression, items, environment, 0);
  const right = environment.lower.value(node.right, environment);
  return (
    builtinFor(node, environment, left, right, "in") ?? {
      kind: "member",
      item: left.expression,
      of: right.expression,
    }
  );
}

/** Every element is a member, and there is one: false of an empty collection. */
function lowerWithin(node: BinaryExpression, environment: Environment): IrExpression {
  const left = environment.lower.value(node.left, environment);
  const item: IrExpression = { kind: "local", depth: 0, type: elementType(left.type) };
  const every = (member: IrExpression): IrExpression =>
    both(anyOf(left.expression, TRUE), allOf(left.expression, member));
  const items = literalItems(node.right, environment);
  if (items !== undefined) return every(memberOfItems(item, items, environment, 1));
  const right = environment.lower.value(node.right, environment);
  return (
    builtinFor(node, environment, left, right) ??
    every({ kind: "member", item, of: shiftLocals(right.expression, 1) })
  );
}
