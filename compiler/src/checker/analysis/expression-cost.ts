// The most steps that an expression can take, from the bounds of the collections that it looks through.
import { builtins, callCost } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { CheckedFunction, ExpressionTypes } from "../checked-program.ts";

/** Steps that a search for a pattern is counted as. */
const PATTERN_STEPS = 10;

/** Steps, and how often each parameter of the function around is evaluated: functions are expanded where they are called. */
interface Cost {
  readonly steps: number;
  readonly parameters: ReadonlyMap<string, number>;
}

export const expressionCost = (node: Expression, types: ExpressionTypes): number => costOf(node, types).steps;

const ONE: Cost = { steps: 1, parameters: new Map() };

function add(costs: readonly Cost[], steps: number): Cost {
  const parameters = new Map<string, number>();
  let sum = steps;
  for (const cost of costs) {
    sum += cost.steps;
    for (const [name, times] of cost.parameters) parameters.set(name, (parameters.get(name) ?? 0) + times);
  }
  return { steps: sum, parameters };
}

const times = (cost: Cost, count: number): Cost => ({
  steps: cost.steps * count,
  parameters: new Map([...cost.parameters].map(([name, uses]) => [name, uses * count])),
});

function costOf(node: Expression, types: ExpressionTypes): Cost {
  const info = types.get(node);
  if (info?.constant !== undefined) return ONE;
  const children = operandsOf(node, types).map((child) => costOf(child, types));
  const { meaning } = info ?? {};
  switch (meaning?.kind) {
    case "path":
    case "variable":
      return ONE;
    case "parameter":
      return { steps: 0, parameters: new Map([[meaning.name, 1]]) };
    case "function":
      return call(meaning.function, children);
    case "gather":
      return { ...ONE, steps: 1 + maxItems(info?.type) };
    case "builtin": {
      const definition = builtins.get(meaning.name);
      const operands = operandsOf(node, types).map((each) => boundedType(each, types));
      return add(children, 1 + (definition === undefined ? 1 : callCost(definition, operands)));
    }
    default:
      break;
  }
  if (node.kind !== "quantifier") return add(children, ownCost(node, types));
  const [over = ONE, body = ONE] = children;
  const rounds = Math.max(1, maxItems(boundedType(node.over, types)));
  return add([over, times(add([body], 1), rounds)], 1);
}

/** Steps beside those of the operands. */
function ownCost(node: Expression, types: ExpressionTypes): number {
  const [left, right] = childrenOf(node);
  if (node.kind !== "binary" || left === undefined || right === undefined) return 1;
  if (node.op === "matches") return 1 + PATTERN_STEPS * Math.max(1, maxItems(boundedType(left, types)));
  return node.op === "in" || node.op === "not in" ? 1 + maxItems(boundedType(right, types)) : 1;
}

const known = new WeakMap<CheckedFunction, Cost>();

function call(fn: CheckedFunction, args: readonly Cost[]): Cost {
  const body = known.get(fn) ?? costOf(fn.body, fn.types);
  known.set(fn, body);
  const used = fn.params.map((parameter, index) =>
    times(args[index] ?? ONE, body.parameters.get(parameter.name) ?? 0),
  );
  return add(used, body.steps);
}

/** What is evaluated: callees and packages are not. */
function operandsOf(node: Expression, types: ExpressionTypes): readonly Expression[] {
  if (node.kind !== "call") return childrenOf(node);
  return node.callee.kind === "field" && types.has(node.callee.of)
    ? [node.callee.of, ...node.args]
    : node.args;
}

/** The type with the size that a constant really has. */
function boundedType(node: Expression, types: ExpressionTypes): Type {
  const info = types.get(node);
  const type: Type = info?.type ?? { kind: "json" };
  return Array.isArray(info?.constant) && (type.kind === "list" || type.kind === "set" || type.kind === "map")
    ? { ...type, max: info.constant.length }
    : type;
}

function maxItems(type: Type | undefined): number {
  switch (type?.kind) {
    case "list":
    case "set":
    case "map":
      return type.max;
    case "optional":
      return maxItems(type.of);
    default:
      return 1;
  }
}
