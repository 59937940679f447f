// The most steps that an expression can take, from the bounds of the collections that it looks through.
import { builtins, callCost } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { CheckedFunction, ExpressionTypes } from "../checked-program.ts";

/** Looking for a scalar is cheaper than evaluating an expression for each. */
const SCANNED_PER_STEP = 10;
/** Steps that a search for a pattern is counted as. */
const PATTERN_STEPS = 10;

export function expressionCost(node: Expression, types: ExpressionTypes): number {
  const info = types.get(node);
  if (info?.constant !== undefined) return 1;
  const below = (): number => childrenOf(node).reduce((sum, child) => sum + expressionCost(child, types), 0);
  const { meaning } = info ?? {};
  if (meaning?.kind === "function") return 1 + below() + functionCost(meaning.function);
  if (meaning?.kind === "gather") return info === undefined ? 1 : maxItems(info.type);
  if (meaning?.kind === "builtin") {
    const definition = builtins.get(meaning.name);
    return below() + (definition === undefined ? 1 : callCost(definition, operandTypes(node, types)));
  }
  switch (node.kind) {
    case "quantifier":
      return (
        expressionCost(node.over, types) +
        Math.max(1, maxItems(boundedType(node.over, types))) * (1 + expressionCost(node.body, types))
      );
    case "binary":
      if (node.op === "matches")
        return below() + PATTERN_STEPS * Math.max(1, maxItems(boundedType(node.left, types)));
      if (node.op === "in" || node.op === "not in")
        return below() + maxItems(boundedType(node.right, types)) / SCANNED_PER_STEP;
      return 1 + below();
    default:
      return 1 + below();
  }
}

const known = new WeakMap<CheckedFunction, number>();
function functionCost(fn: CheckedFunction): number {
  const before = known.get(fn);
  if (before !== undefined) return before;
  const cost = expressionCost(fn.body, fn.types);
  known.set(fn, cost);
  return cost;
}

function operandTypes(node: Expression, types: ExpressionTypes): readonly Type[] {
  const operands =
    node.kind === "call"
      ? node.callee.kind === "field" && types.has(node.callee.of)
        ? [node.callee.of, ...node.args]
        : node.args
      : childrenOf(node);
  return operands.map((each) => boundedType(each, types));
}

/** The type with the size that a constant really has. */
function boundedType(node: Expression, types: ExpressionTypes): Type {
  const info = types.get(node);
  const type: Type = info?.type ?? { kind: "json" };
  return Array.isArray(info?.constant) && (type.kind === "list" || type.kind === "set" || type.kind === "map")
    ? { ...type, max: info.constant.length }
    : type;
}

const maxItems = (type: Type): number =>
  type.kind === "list" || type.kind === "set" || type.kind === "map"
    ? type.max
    : type.kind === "optional"
      ? maxItems(type.of)
      : 1;
