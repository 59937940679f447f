// Binary operators, keyed by operator.
import { BOOL, shiftLocals } from "@aegis/runtime/core";
import type { IrArithmetic, IrCompare, IrExpression, Type } from "@aegis/runtime/core";
import type { BinaryExpression, BinaryOperator } from "../syntax/expression.ts";
import { allOf, anyOf, both, negate, TRUE } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";
import { memberOf, literalItems } from "./lower-collection.ts";
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
  within: lowerWithin,
  under: (node, environment) => lowerBuiltin(node, environment, "under"),
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

/** The builtin that the checker chose by the types of the operands, if it did. */
function chosenBuiltin(node: BinaryExpression, environment: Environment): string | undefined {
  const { meaning } = infoOf(node, environment);
  return meaning?.kind === "builtin" ? meaning.name : undefined;
}

function lowerBuiltin(node: BinaryExpression, environment: Environment, otherwise: string): Lowered {
  const { left, right } = operands(node, environment);
  const fn = chosenBuiltin(node, environment) ?? otherwise;
  return {
    expression: { kind: "call", fn, args: [left.expression, right.expression] },
    type: infoOf(node, environment).type,
  };
}

function lowerIn(node: BinaryExpression, environment: Environment): IrExpression {
  const builtin = chosenBuiltin(node, environment);
  if (builtin !== undefined) return lowerBuiltin(node, environment, builtin).expression;
  const item = environment.lower.value(node.left, environment).expression;
  return memberOf(item, node.right, environment);
}

/** Every element is a member, and there is one: false of an empty collection. */
function lowerWithin(node: BinaryExpression, environment: Environment): Lowered {
  const builtin = chosenBuiltin(node, environment);
  if (builtin !== undefined) return lowerBuiltin(node, environment, builtin);
  const left = environment.lower.value(node.left, environment);
  const over = left.expression;
  const item: IrExpression = { kind: "local", depth: 0, type: elementType(left.type) };
  const items = literalItems(node.right, environment);
  const member =
    items === undefined
      ? elementMember(item, environment.lower.value(node.right, environment))
      : memberOf(item, node.right, environment, 1);
  return bool(both(anyOf(over, TRUE), allOf(over, member)));
}

/** One element of the left in the collection on the right, seen from below the quantifier. */
function elementMember(item: IrExpression, collection: Lowered): IrExpression {
  const of = shiftLocals(collection.expression, 1);
  const itemType = item.kind === "local" ? item.type : BOOL;
  return isParsed(itemType, "host") && isParsed(elementType(collection.type), "host_pattern")
    ? { kind: "call", fn: "covers", args: [of, item] }
    : { kind: "member", item, of };
}

const isParsed = (type: Type, name: string): boolean => type.kind === "parsed" && type.name === name;
