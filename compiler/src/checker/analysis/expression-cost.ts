// The most steps that an expression can take, from the bounds of the collections that it looks through.
import { builtins, callCost } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import type { BinaryExpression, Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { CheckedFunction, ExpressionTypes } from "../checked-program.ts";

/** Steps that a search for a pattern is counted as. */
const PATTERN_STEPS = 10;

/** A number where nothing that is evaluated more than once counts, as in nearly every condition. */
type Cost = number | Counted;

interface Counted {
  readonly steps: number;
  /** How often each parameter of the function around is evaluated: functions are expanded where they are called. */
  readonly parameters: Counts;
  /** Steps over lists in what a variable stands for: where it runs through a part of a parsed value, all those lists share one bound. */
  readonly within: Counts;
}

type Counts = ReadonlyMap<string, number>;
const NONE: Counts = new Map();

export const expressionCost = (node: Expression, types: ExpressionTypes): number =>
  allSteps(costOf(node, types));

const counted = (cost: Cost): Counted =>
  typeof cost === "number" ? { steps: cost, parameters: NONE, within: NONE } : cost;

function allSteps(cost: Cost): number {
  const { steps, within } = counted(cost);
  return [...within.values()].reduce((total, each) => total + each, steps);
}

function sum(one: Counts, other: Counts): Counts {
  const total = new Map(one);
  for (const [name, count] of other) total.set(name, (total.get(name) ?? 0) + count);
  return total;
}

const multiply = (counts: Counts, factor: number): Counts =>
  new Map([...counts].map(([name, count]) => [name, count * factor]));

function plus(one: Cost, other: Cost): Cost {
  if (typeof one === "number" && typeof other === "number") return one + other;
  const [left, right] = [counted(one), counted(other)];
  return {
    steps: left.steps + right.steps,
    parameters: sum(left.parameters, right.parameters),
    within: sum(left.within, right.within),
  };
}

const times = (cost: Cost, count: number): Cost =>
  typeof cost === "number"
    ? cost * count
    : {
        steps: cost.steps * count,
        parameters: multiply(cost.parameters, count),
        within: multiply(cost.within, count),
      };

/** The steps of looking through `list`: told apart where it is a list in what a variable stands for. */
const through = (list: Expression, steps: number, types: ExpressionTypes): Cost =>
  list.kind === "field" && list.of.kind === "name" && types.get(list.of)?.meaning?.kind === "variable"
    ? { steps: 0, parameters: NONE, within: new Map([[list.of.text, steps]]) }
    : steps;

/** A body that a variable runs through the items of `over` for. */
function repeated(body: Cost, variable: string, over: Expression, types: ExpressionTypes): Cost {
  const rounds = Math.max(1, maxItems(boundedType(over, types)));
  if (typeof body === "number") return body * rounds;
  const within = new Map(body.within);
  const inner = within.get(variable) ?? 0;
  within.delete(variable);
  const each = times({ ...body, within }, rounds);
  return plus(each, inner * (isPartOfParsed(over, types) ? 1 : rounds));
}

/** Lists in the items of such a list hold together no more than one of them may: see `ParsedTypeDefinition.parts`. */
function isPartOfParsed(node: Expression, types: ExpressionTypes): boolean {
  const type = node.kind === "field" ? types.get(node.of)?.type : undefined;
  return (type?.kind === "optional" ? type.of : type)?.kind === "parsed";
}

function costOf(node: Expression, types: ExpressionTypes): Cost {
  const info = types.get(node);
  if (info?.constant !== undefined) return 1;
  const meaning = info?.meaning;
  switch (meaning?.kind) {
    case undefined:
      break;
    case "path":
    case "variable":
      return 1;
    case "parameter":
      return { steps: 0, parameters: new Map([[meaning.name, 1]]), within: NONE };
    case "function":
      return call(
        meaning.function,
        operandsOf(node, types).map((each) => costOf(each, types)),
      );
    case "gather":
      return 1 + maxItems(info?.type);
    case "builtin": {
      const operands = operandsOf(node, types);
      const definition = builtins.get(meaning.name);
      const bounded = (): Type[] => operands.map((each) => boundedType(each, types));
      const own = definition?.cost === undefined ? 1 : callCost(definition, bounded());
      return withOperands(1 + own, operands, types);
    }
    default:
      break;
  }
  if (node.kind === "binary") {
    const own = ownCost(node, types);
    const left = costOf(node.left, types);
    const right = costOf(node.right, types);
    return typeof own === "number" && typeof left === "number" && typeof right === "number"
      ? 1 + own + left + right
      : plus(plus(plus(1, own), left), right);
  }
  if (node.kind !== "quantifier") return withOperands(1, operandsOf(node, types), types);
  const [over, body] = childrenOf(node);
  const round = plus(1, body === undefined ? 1 : costOf(body, types));
  const all = repeated(round, node.variable.text, node.over, types);
  // What the rounds over a list in another variable take is counted with that variable's.
  const { steps, ...rest } = counted(all);
  const rounds = plus({ ...rest, steps: 0 }, through(node.over, steps, types));
  return plus(plus(1, over === undefined ? 1 : costOf(over, types)), rounds);
}

function withOperands(own: Cost, operands: readonly Expression[], types: ExpressionTypes): Cost {
  let total = own;
  for (const operand of operands) total = plus(total, costOf(operand, types));
  return total;
}

/** What comes beside the operands. */
function ownCost(node: BinaryExpression, types: ExpressionTypes): Cost {
  switch (node.op) {
    case "matches":
      return through(node.left, PATTERN_STEPS * Math.max(1, maxItems(boundedType(node.left, types))), types);
    case "in":
    case "not in":
      return through(node.right, maxItems(boundedType(node.right, types)), types);
    default:
      return 0;
  }
}

const known = new WeakMap<CheckedFunction, Cost>();

function call(fn: CheckedFunction, args: readonly Cost[]): Cost {
  const body = known.get(fn) ?? costOf(fn.body, fn.types);
  known.set(fn, body);
  const { parameters } = counted(body);
  return fn.params.reduce(
    (total, parameter, index) => plus(total, times(args[index] ?? 1, parameters.get(parameter.name) ?? 0)),
    allSteps(body) as Cost,
  );
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
