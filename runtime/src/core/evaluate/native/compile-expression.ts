// Expressions as closures: one entry for each kind of node, all that is known beforehand worked out beforehand.
import { builtins } from "../../builtins/builtin-registry.ts";
import { callable } from "../../builtins/define-builtin.ts";
import type { ActionIndex, ExpressionIndex, IrExpression, IrExpressionKind, IrRoot } from "../../ir/ir.ts";
import { typeOf } from "../../ir/type-of.ts";
import type { ParsedValue } from "../../types/parsed-type.ts";
import type { Field, Type } from "../../types/type.ts";
import { STRING, required } from "../../types/type.ts";
import { cellKey, keyText } from "../../values/cell-key.ts";
import { NOT_OF_TYPE } from "../../values/const-value.ts";
import { sameScalar, scalarKey } from "../../values/scalar.ts";
import type { JsonValue, Value } from "../../values/value.ts";
import { anyText } from "../any-text.ts";
import { arithmetic } from "../arithmetic.ts";
import type { LinkedProgram } from "../link-program.ts";
import { valuesAt } from "../values-at.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";
import { RESULT_FIELDS } from "../../input/slot-request.ts";

export type Evaluate = (frame: Frame) => Value;
export type Test = (frame: Frame) => boolean;

/** Where an expression stands: what its reads and locals mean. */
export interface Place {
  readonly program: LinkedProgram;
  /** The action whose arguments are read; null in the list phase. */
  readonly action: ActionIndex | null;
  /** Quantifiers around the expression. */
  readonly depth: number;
}

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type Compile<Kind extends IrExpressionKind> = (node: NodeOf<Kind>, place: Place) => Evaluate;

const compilers: { readonly [Kind in IrExpressionKind]: Compile<Kind> } = {
  const(node, { program }) {
    const value = program.constant(node);
    return () => value;
  },
  read: (node, place) => readSteps(compileRoot(node, place), node.path.slice(1)),
  local({ depth: outwards }, { depth }) {
    const slot = depth - 1 - outwards;
    return ({ locals }) => locals[slot];
  },
  field: (node, place) => readSteps(compileExpression(node.of, place), [node.name]),
  index: (node, place) => readSteps(compileExpression(node.of, place), [node.key]),
  part(node, place) {
    const of = compileExpression(node.of, place);
    const { name } = node;
    return (frame) => (of(frame) as ParsedValue).part(name) as Value;
  },
  not(node, place) {
    const of = compileTest(node.of, place);
    return (frame) => !of(frame);
  },
  and: (node, place) => compileAll(node.all.map((each) => compileTest(each, place))),
  or(node, place) {
    const none = compileAll(node.any.map((each) => negated(compileTest(each, place))));
    return (frame) => !none(frame);
  },
  if(node, place) {
    const condition = compileTest(node.condition, place);
    const then = compileExpression(node.then, place);
    const otherwise = compileExpression(node.else, place);
    return (frame) => (condition(frame) ? then : otherwise)(frame);
  },
  compare(node, place) {
    const { op } = node;
    const left = compileExpression(node.left, place);
    const right = compileExpression(node.right, place);
    if (op !== "eq" && op !== "ne") return compileOrder(node, left, right, place);
    const plain = typeAt(node.left, place)?.kind !== "parsed";
    if (node.right.kind === "const") {
      const key = scalarKey(place.program.constant(node.right));
      const slot = plain && op === "eq" ? argumentSlot(node.left, place) : undefined;
      if (slot !== undefined) return ({ args }) => args[slot] === key;
      const text = plain ? left : canonicalOf(left);
      return op === "eq" ? (frame) => text(frame) === key : (frame) => text(frame) !== key;
    }
    const equal: Test = plain
      ? (frame) => left(frame) === right(frame)
      : (frame) => sameScalar(left(frame), right(frame));
    return op === "eq" ? equal : negated(equal);
  },
  arithmetic(node, place) {
    const left = compileExpression(node.left, place);
    const right = compileExpression(node.right, place);
    const apply = arithmetic[node.op];
    return (frame) => apply(left(frame) as number, right(frame) as number);
  },
  member(node, place) {
    const item = compileExpression(node.item, place);
    const of = compileExpression(node.of, place);
    const type = typeAt(node.of, place);
    if (type?.kind === "map" || type?.kind === "headers")
      return (frame) => (of(frame) as ReadonlyMap<string, Value>).has(item(frame) as string);
    const plain = typeAt(node.item, place)?.kind !== "parsed";
    if (node.of.kind === "const") {
      const known = new Set((place.program.constant(node.of) as readonly Value[]).map(scalarKey));
      const slot = plain ? argumentSlot(node.item, place) : undefined;
      if (slot !== undefined) return ({ args }) => known.has(args[slot]);
      const key = plain ? item : canonicalOf(item);
      return (frame) => known.has(key(frame));
    }
    if (plain) return (frame) => (of(frame) as readonly Value[]).includes(item(frame));
    return (frame) => {
      const wanted = scalarKey(item(frame));
      return (of(frame) as readonly Value[]).some((each) => scalarKey(each) === wanted);
    };
  },
  present(node, place) {
    const of = compileExpression(node.of, place);
    return (frame) => of(frame) !== undefined;
  },
  else(node, place) {
    const of = compileExpression(node.of, place);
    const fallback = compileExpression(node.fallback, place);
    return (frame) => {
      const value = of(frame);
      return value === undefined ? fallback(frame) : value;
    };
  },
  quantifier(node, place) {
    const over = compileExpression(node.over, place) as (frame: Frame) => readonly Value[];
    const body = compileTest(node.body, { ...place, depth: place.depth + 1 });
    const slot = place.depth;
    const holds = (frame: Frame, item: Value): boolean => {
      frame.locals[slot] = item;
      return body(frame);
    };
    switch (node.op) {
      case "any":
        return (frame) => over(frame).some((item) => holds(frame, item));
      case "all":
        return (frame) => over(frame).every((item) => holds(frame, item));
      case "count":
        return (frame) => over(frame).reduce<number>((sum, item) => sum + (holds(frame, item) ? 1 : 0), 0);
    }
  },
  matches(node, place) {
    const of = compileExpression(node.of, place);
    const type = typeAt(node.of, place) ?? STRING;
    const matcher = place.program.matcher(node.pattern);
    if (type.kind === "string") return (frame) => matcher.test(of(frame) as string);
    const test = (text: string): boolean => matcher.test(text);
    return (frame) => anyText(type, of(frame), test);
  },
  call: compileCall,
  gather(node, place) {
    const starts = node.places.map(({ path, part }) => {
      const [first, ...rest] = path;
      const from =
        typeof first === "string" ? compileRoot({ root: "args", path: [first] }, place) : undefined;
      const all = compileRoot({ root: "args", path: [] }, place);
      return (frame: Frame): readonly Value[] => {
        if (from === undefined) return valuesAt([all(frame)], path, part);
        const value = from(frame);
        return value === undefined ? [] : valuesAt([value], rest, part);
      };
    });
    return (frame) => starts.flatMap((values) => values(frame));
  },
  cast(node, place) {
    const of = compileExpression(node.of, place);
    const reader = place.program.reader(node);
    return (frame) => {
      const read = reader(of(frame) as JsonValue | undefined);
      return read === NOT_OF_TYPE ? undefined : read;
    };
  },
  label(node, place) {
    const { cell, maybe } = node;
    if (node.key.length === 0) {
      return ({ labels }) => {
        const state = labels[cell];
        return state === "maybe" ? maybe : state === true;
      };
    }
    const key = compileKey(node.key, place.program.ir.labels[cell]?.key ?? [], place);
    return (frame) => {
      const state = frame.labels[cell];
      if (typeof state !== "object") return state === "maybe" ? maybe : state === true;
      const text = key(frame);
      return state.set.has(text) || ((state.full || state.maybe.has(text)) && maybe);
    };
  },
  counter(node, place) {
    const { cell } = node;
    const key = compileKey(node.key, place.program.ir.counters[cell]?.key ?? [], place);
    return (frame) => {
      const state = frame.counters[cell] ?? 0;
      return typeof state === "number" ? state : (state.get(key(frame)) ?? 0);
    };
  },
  fact:
    ({ path, name }) =>
    ({ facts }) =>
      facts.get(path)?.get(name),
};

/** A function of the request with the value of a well-typed expression; nothing that it names is unreadable. */
export function compileExpression(node: IrExpression, place: Place): Evaluate {
  const compile = compilers[node.kind] as Compile<IrExpressionKind>;
  return compile(node as never, place);
}

/** The value of a condition. */
export const compileTest = (node: IrExpression, place: Place): Test => compileExpression(node, place) as Test;

/** The same, made when it is first asked: rules run as flat code, and few conditions are ever tried by themselves. */
export function compileTestLater(index: ExpressionIndex, place: Place): Test {
  let test: Test | undefined;
  return (frame) => (test ??= compileTest(place.program.expression(index), place))(frame);
}

/** The type of an expression, its optionality left out. */
export function typeAt(node: IrExpression, { program }: Place): Type | undefined {
  const type = typeOf(node, program.sources);
  return type === undefined ? undefined : required(type);
}

/** The slot of a member of a root. */
export const slotOf = (root: IrRoot, name: string, place: Place): number =>
  root === "result"
    ? RESULT_FIELDS.indexOf(name as "status")
    : fieldsOf(root, place).findIndex((field) => field.name === name);

function fieldsOf(root: Exclude<IrRoot, "result">, { program: { ir }, action }: Place): readonly Field[] {
  if (root !== "args") return ir[root];
  return action === null ? [] : (ir.actions[action]?.params ?? []);
}

/** The first step of a read; without one the whole root as a record. */
function compileRoot({ root, path: [name] }: Pick<NodeOf<"read">, "root" | "path">, place: Place): Evaluate {
  if (name !== undefined) {
    const slot = slotOf(root, name, place);
    switch (root) {
      case "args":
        return ({ args }) => args[slot];
      case "agent":
        return ({ agent }) => agent[slot];
      case "context":
        return ({ context }) => context[slot];
      case "result":
        return ({ result }) => result[slot];
    }
  }
  const names = root === "result" ? RESULT_FIELDS : fieldsOf(root, place).map((field) => field.name);
  return (frame) => {
    const record = new Map<string, Value>();
    frame[root].forEach((value, slot) => {
      if (value !== undefined) record.set(names[slot] ?? "", value);
    });
    return record;
  };
}

/** Fields of records, members of maps, headers. */
const readSteps = (from: Evaluate, names: readonly string[]): Evaluate =>
  names.reduce<Evaluate>(
    (of, name) => (frame) => (of(frame) as ReadonlyMap<string, Value> | undefined)?.get(name),
    from,
  );

const canonicalOf =
  (of: Evaluate): Evaluate =>
  (frame) =>
    (of(frame) as ParsedValue).canonical;

const negated =
  (test: Test): Test =>
  (frame) =>
    !test(frame);

function compileAll(tests: readonly Test[]): Test {
  const [first, second, third] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (frame) => first(frame) && second(frame);
  if (tests.length === 3) return (frame) => first(frame) && second(frame) && third(frame);
  return (frame) => {
    for (const test of tests) if (!test(frame)) return false;
    return true;
  };
}

function compileOrder(
  { op, left: subject, right: bound }: NodeOf<"compare">,
  left: Evaluate,
  right: Evaluate,
  place: Place,
): Test {
  const slot = argumentSlot(subject, place);
  if (slot !== undefined && bound.kind === "const") {
    const constant = place.program.constant(bound) as number;
    if (op === "le") return ({ args }) => (args[slot] as number) <= constant;
    if (op === "gt") return ({ args }) => (args[slot] as number) > constant;
  }
  switch (op) {
    case "lt":
      return (frame) => (left(frame) as number) < (right(frame) as number);
    case "le":
      return (frame) => (left(frame) as number) <= (right(frame) as number);
    case "gt":
      return (frame) => (left(frame) as number) > (right(frame) as number);
    default:
      return (frame) => (left(frame) as number) >= (right(frame) as number);
  }
}

/** The slot of an expression that is just an argument of the call: conditions on those skip a closure. */
export function argumentSlot(node: IrExpression, place: Place): number | undefined {
  if (node.kind !== "read" || node.root !== "args" || node.path.length !== 1) return undefined;
  const [name = ""] = node.path;
  return slotOf("args", name, place);
}

function compileCall(node: NodeOf<"call">, place: Place): Evaluate {
  const definition = builtins.get(node.fn);
  if (definition === undefined) throw new Error("unknown builtin");
  const constants = node.args.map((arg) =>
    arg.kind === "const" ? { value: place.program.constant(arg) } : undefined,
  );
  const apply = definition.specialise?.(constants) ?? callable(definition);
  const args = node.args.map((arg) => compileExpression(arg, place));
  const [first, second] = args;
  if (first !== undefined && args.length === 1) return (frame) => apply(first(frame));
  if (first !== undefined && second !== undefined && args.length === 2) {
    const [, constant] = constants;
    if (constant !== undefined) {
      const { value } = constant;
      const slot = node.args[0] === undefined ? undefined : argumentSlot(node.args[0], place);
      if (slot !== undefined) return ({ args: slots }) => apply(slots[slot], value);
      return (frame) => apply(first(frame), value);
    }
    return (frame) => apply(first(frame), second(frame));
  }
  return (frame) => apply(...args.map((arg) => arg(frame)));
}

function compileKey(
  nodes: readonly IrExpression[],
  types: readonly Type[],
  place: Place,
): (frame: Frame) => string {
  const parts = nodes.map((node) => compileExpression(node, place));
  return (frame) => cellKey(parts.map((part, index) => keyText(types[index] ?? STRING, part(frame))));
}
