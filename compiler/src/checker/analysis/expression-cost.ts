// The most steps that an expression can take, from the bounds of the collections that it looks through.
import { builtins, callCost } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import type { Expression } from "../../syntax/expression.ts";
import { childrenOf } from "../../syntax/expression-children.ts";
import type { CheckedFunction, ExpressionTypes } from "../checked-program.ts";

/** Steps that a search for a pattern is counted as. */
const PATTERN_STEPS = 10;

interface Cost {
  readonly steps: number;
  /** How often each parameter of the function around is evaluated: functions are expanded where they are called. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Steps over lists in what a variable stands for: where it runs through a part of a parsed value, all those lists share one bound. */
  readonly within: ReadonlyMap<string, number>;
}

export const expressionCost = (node: Expression, types: ExpressionTypes): number =>
  plainSteps(node, types) ?? allSteps(costOf(node, types));

/** The same where nothing multiplies, as in nearly every condition: one number is added up, and no tables of counts. */
function plainSteps(node: Expression, types: ExpressionTypes): number | undefined {
  const info = types.get(node);
  const meaning = info?.meaning;
  if (info?.constant !== undefined || meaning?.kind === "path") return 1;
  if (meaning?.kind === "parameter" || meaning?.kind === "function" || node.kind === "quantifier")
    return undefined;
  if (meaning?.kind === "gather") return 1 + maxItems(info?.type);
  const operands = operandsOf(node, types);
  let steps =
    1 + (meaning?.kind === "builtin" ? builtinSteps(meaning.name, operands, types) : ownSteps(node, types));
  for (const operand of operands) {
    const below = plainSteps(operand, types);
    if (below === undefined) return undefined;
    steps += below;
  }
  return steps;
}

const allSteps = ({ steps, within }: Cost): number =>
  [...within.values()].reduce((total, each) => total + each, steps);

type Counts = ReadonlyMap<string, number>;
const NONE: Counts = new Map();
const ONE: Cost = { steps: 1, parameters: NONE, within: NONE };

const sum = (all: readonly Counts[]): Counts => {
  // Nearly always: only functions have parameters, only quantifiers variables.
  if (all.every((counts) => counts.size === 0)) return NONE;
  const total = new Map<string, number>();
  for (const counts of all)
    for (const [name, count] of counts) total.set(name, (total.get(name) ?? 0) + count);
  return total;
};
const multiply = (counts: Counts, factor: number): Counts =>
  counts.size === 0 ? NONE : new Map([...counts].map(([name, count]) => [name, count * factor]));

const add = (costs: readonly Cost[], steps: number): Cost => ({
  steps: costs.reduce((total, cost) => total + cost.steps, steps),
  parameters: sum(costs.map((cost) => cost.parameters)),
  within: sum(costs.map((cost) => cost.within)),
});

const times = (cost: Cost, count: number): Cost => ({
  steps: cost.steps * count,
  parameters: multiply(cost.parameters, count),
  within: multiply(cost.within, count),
});

/** The steps of looking through `list`: told apart where it is a list in what a variable stands for. */
function through(list: Expression, steps: number): Cost {
  return list.kind === "field" && list.of.kind === "name"
    ? { steps: 0, parameters: NONE, within: new Map([[list.of.text, steps]]) }
    : { steps, parameters: NONE, within: NONE };
}

/** A body that a variable runs through the items of `over` for. */
function repeated(body: Cost, variable: string, over: Expression, types: ExpressionTypes): Cost {
  const rounds = Math.max(1, maxItems(boundedType(over, types)));
  const within = new Map(body.within);
  const inner = within.get(variable) ?? 0;
  within.delete(variable);
  const each = times({ ...body, within }, rounds);
  return add([each], inner * (isPartOfParsed(over, types) ? 1 : rounds));
}

/** Lists in the items of such a list hold together no more than one of them may: see `ParsedTypeDefinition.parts`. */
function isPartOfParsed(node: Expression, types: ExpressionTypes): boolean {
  const type = node.kind === "field" ? types.get(node.of)?.type : undefined;
  return (type?.kind === "optional" ? type.of : type)?.kind === "parsed";
}

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
      return { steps: 0, parameters: new Map([[meaning.name, 1]]), within: NONE };
    case "function":
      return call(meaning.function, children);
    case "gather":
      return { ...ONE, steps: 1 + maxItems(info?.type) };
    case "builtin":
      return add(children, 1 + builtinSteps(meaning.name, operandsOf(node, types), types));
    default:
      break;
  }
  if (node.kind !== "quantifier") return add([...children, ownCost(node, types)], 1);
  const [over = ONE, body = ONE] = children;
  const all = repeated(add([body], 1), node.variable.text, node.over, types);
  // What the rounds over a list in another variable take is counted with that variable's.
  const { steps } = all;
  return add([over, { ...all, steps: 0 }, through(node.over, steps)], 1);
}

function builtinSteps(name: string, operands: readonly Expression[], types: ExpressionTypes): number {
  const definition = builtins.get(name);
  if (definition === undefined) return 1;
  return callCost(
    definition,
    operands.map((each) => boundedType(each, types)),
  );
}

/** Steps beside those of the operands. */
function ownSteps(node: Expression, types: ExpressionTypes): number {
  if (node.kind !== "binary") return 0;
  if (node.op === "matches") return PATTERN_STEPS * Math.max(1, maxItems(boundedType(node.left, types)));
  return node.op === "in" || node.op === "not in" ? maxItems(boundedType(node.right, types)) : 0;
}

function ownCost(node: Expression, types: ExpressionTypes): Cost {
  const steps = ownSteps(node, types);
  if (node.kind !== "binary" || steps === 0) return { ...ONE, steps };
  return through(node.op === "matches" ? node.left : node.right, steps);
}

const known = new WeakMap<CheckedFunction, Cost>();

function call(fn: CheckedFunction, args: readonly Cost[]): Cost {
  const body = known.get(fn) ?? costOf(fn.body, fn.types);
  known.set(fn, body);
  const used = fn.params.map((parameter, index) =>
    times(args[index] ?? ONE, body.parameters.get(parameter.name) ?? 0),
  );
  return add(used, allSteps(body));
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
