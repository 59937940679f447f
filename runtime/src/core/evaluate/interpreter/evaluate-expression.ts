// The meaning of expressions: one entry for each kind of node.
import { builtins } from "../../builtins/builtin-registry.ts";
import { callable } from "../../builtins/define-builtin.ts";
import type { KeyedLabelState, ValidRequest } from "../../input/valid-request.ts";
import type { IrExpression, IrExpressionKind } from "../../ir/ir.ts";
import { typeOf } from "../../ir/type-of.ts";
import type { Type } from "../../types/type.ts";
import { STRING } from "../../types/type.ts";
import { cellKey, keyText } from "../../values/cell-key.ts";
import { NOT_OF_TYPE } from "../../values/const-value.ts";
import { isParsedValue, sameScalar } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import { anyText } from "../any-text.ts";
import { arithmetic } from "../arithmetic.ts";
import type { EvaluationObserver } from "../engine.ts";
import type { LinkedProgram } from "../link-program.ts";
import { valuesAt } from "../values-at.ts";

/** Where an expression is evaluated. */
export interface Environment {
  readonly program: LinkedProgram;
  readonly request: Pick<ValidRequest, "agent" | "context" | "args" | "result" | "state" | "facts">;
  /** Variables of quantifiers, the innermost first. */
  readonly locals: readonly Value[];
  readonly observer?: EvaluationObserver | undefined;
}

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type Evaluate<Kind extends IrExpressionKind> = (node: NodeOf<Kind>, environment: Environment) => Value;

const evaluators: { readonly [Kind in IrExpressionKind]: Evaluate<Kind> } = {
  const: (node, { program }) => program.constant(node),
  read: (node, { request }) =>
    node.path.reduce((value: Value, name) => member(value, name), request[node.root] ?? undefined),
  local: (node, { locals }) => locals[node.depth],
  field: (node, environment) => member(evaluateExpression(node.of, environment), node.name),
  index: (node, environment) => member(evaluateExpression(node.of, environment), node.key),
  part: (node, environment) => part(evaluateExpression(node.of, environment), node.name),
  not: (node, environment) => !holds(node.of, environment),
  and: (node, environment) => node.all.every((each) => holds(each, environment)),
  or: (node, environment) => node.any.some((each) => holds(each, environment)),
  if: (node, environment) =>
    evaluateExpression(holds(node.condition, environment) ? node.then : node.else, environment),
  compare: (node, environment) =>
    comparisons[node.op](
      evaluateExpression(node.left, environment),
      evaluateExpression(node.right, environment),
    ),
  arithmetic: (node, environment) =>
    arithmetic[node.op](number(node.left, environment), number(node.right, environment)),
  member(node, environment) {
    const item = evaluateExpression(node.item, environment);
    const of = evaluateExpression(node.of, environment);
    return of instanceof Map ? of.has(item as string) : elements(of).some((each) => sameScalar(each, item));
  },
  present: (node, environment) => evaluateExpression(node.of, environment) !== undefined,
  else(node, environment) {
    const value = evaluateExpression(node.of, environment);
    return value === undefined ? evaluateExpression(node.fallback, environment) : value;
  },
  quantifier(node, environment) {
    const items = elements(evaluateExpression(node.over, environment));
    const body = (item: Value): boolean =>
      holds(node.body, { ...environment, locals: [item, ...environment.locals] });
    switch (node.op) {
      case "any":
        return items.some(body);
      case "all":
        return items.every(body);
      case "count":
        return items.filter(body).length;
    }
  },
  matches(node, environment) {
    const { program } = environment;
    const type = typeOf(node.of, program.sources) ?? STRING;
    const matcher = program.matcher(node.pattern);
    return anyText(type, evaluateExpression(node.of, environment), (text) => matcher.test(text));
  },
  call(node, environment) {
    const definition = builtins.get(node.fn);
    if (definition === undefined) throw new Error("unknown builtin");
    return callable(definition)(...node.args.map((arg) => evaluateExpression(arg, environment)));
  },
  gather: (node, { request }) =>
    node.places.flatMap(({ path, part: name }) => valuesAt([request.args], path, name)),
  cast(node, environment) {
    const value = evaluateExpression(node.of, environment);
    const read = environment.program.reader(node)(value as never);
    return read === NOT_OF_TYPE ? undefined : read;
  },
  label(node, environment) {
    const label = environment.program.ir.labels[node.cell];
    const state = environment.request.state.labels[node.cell];
    const set = typeof state === "object" ? keyed(state, key(node, label?.key ?? [], environment)) : state;
    return set === "maybe" ? node.maybe : set === true;
  },
  counter(node, environment) {
    const counter = environment.program.ir.counters[node.cell];
    const state = environment.request.state.counters[node.cell] ?? 0;
    return typeof state === "number" ? state : (state.get(key(node, counter?.key ?? [], environment)) ?? 0);
  },
  fact: (node, { request }) => request.facts.get(node.path)?.get(node.name),
};

/** The value of a well-typed expression; nothing that it names is unreadable. */
export function evaluateExpression(node: IrExpression, environment: Environment): Value {
  const evaluate = evaluators[node.kind] as Evaluate<IrExpressionKind>;
  const value = evaluate(node as never, environment);
  environment.observer?.expression?.(node, value);
  return value;
}

/** The value of a condition. */
export const holds = (node: IrExpression, environment: Environment): boolean =>
  evaluateExpression(node, environment) === true;

const number = (node: IrExpression, environment: Environment): number =>
  evaluateExpression(node, environment) as number;

const comparisons: {
  readonly [Op in NodeOf<"compare">["op"]]: (left: Value, right: Value) => boolean;
} = {
  eq: (left, right) => sameScalar(left, right),
  ne: (left, right) => !sameScalar(left, right),
  lt: (left, right) => (left as number) < (right as number),
  le: (left, right) => (left as number) <= (right as number),
  gt: (left, right) => (left as number) > (right as number),
  ge: (left, right) => (left as number) >= (right as number),
};

/** A field of a record, a member of a map, a header. */
const member = (value: Value, name: string): Value =>
  value instanceof Map ? (value as ReadonlyMap<string, Value>).get(name) : undefined;

const part = (value: Value, name: string): Value =>
  isParsedValue(value) ? (value.part(name) as Value) : undefined;

const elements = (value: Value): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];

function key(node: NodeOf<"label" | "counter">, types: readonly Type[], environment: Environment): string {
  return cellKey(
    node.key.map((each, index) => keyText(types[index] ?? STRING, evaluateExpression(each, environment))),
  );
}

function keyed(state: KeyedLabelState, key: string): boolean | "maybe" {
  if (state.set.has(key)) return true;
  return state.maybe.has(key) || state.full ? "maybe" : false;
}
