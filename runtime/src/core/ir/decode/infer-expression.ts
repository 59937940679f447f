// Type and worst-case cost of an expression where it stands: what makes every expression of a program total and cheap.
import { builtins } from "../../builtins/builtin-registry.ts";
import type { BuiltinDefinition } from "../../builtins/define-builtin.ts";
import { acceptsArguments, callCost, resultType } from "../../builtins/define-builtin.ts";
import { maxItems } from "../../builtins/type-matchers.ts";
import type { ParsedTypes } from "../../types/parsed-type.ts";
import type { ConstValue, RecordType, Type } from "../../types/type.ts";
import { BOOL, DECIMAL, INT, MAX_GATHERED, STRING, listOf, optional, required } from "../../types/type.ts";
import { isOrdered, isScalar, sameType } from "../../types/type-relations.ts";
import { NOT_OF_TYPE, constToValue } from "../../values/const-value.ts";
import type { IrExpression, IrExpressionKind, IrPlace, IrReads } from "../ir.ts";
import { NO_READS, ownReads, unionReads } from "../reads-of.ts";
import { arithmeticType, elementType, partType } from "../type-of.ts";
import { typeProblem } from "./check-type.ts";
import type { Inferred, KnownCall, ProgramTypes, TypeEnvironment } from "./type-environment.ts";

/** Steps of one expression. */
export const MAX_EXPRESSION_COST = 1_000_000;

/** Says what is wrong; never leaves `decodeIr`. */
export class IllTyped extends Error {}

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type Rule<Kind extends IrExpressionKind> = (node: NodeOf<Kind>, environment: TypeEnvironment) => Inferred;

const leaf = (type: Type, reads = NO_READS): Inferred => ({ type, cost: 1, reads });

/** A node of that type above its children; `own`: what it names itself. */
function above(type: Type, children: readonly Inferred[], own = NO_READS): Inferred {
  let cost = 1;
  let within: Inferred["within"];
  let reads = own;
  for (let at = 0; at < children.length; at++) {
    const child = children[at] ?? fail("no such child");
    cost += child.cost;
    if (child.within !== undefined) within = merged(within, child.within);
    if (child.reads !== NO_READS) reads = NAMED_BELOW;
  }
  if (reads === NAMED_BELOW) reads = unionReads([own, ...children.map((child) => child.reads)]);
  return within === undefined ? { type, cost, reads } : { type, cost, reads, within };
}
const NAMED_BELOW: IrReads = { ...NO_READS };

/** The steps within variables of two expressions together. */
function merged(left: Inferred["within"], right: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const within = new Map(left);
  for (const [level, steps] of right) within.set(level, (within.get(level) ?? 0) + steps);
  return within;
}

/** `inferred` with `steps` more that look through `list`. */
function through(
  list: IrExpression,
  steps: number,
  inferred: Inferred,
  { locals }: TypeEnvironment,
): Inferred {
  const cost = inferred.cost + steps;
  if (list.kind !== "field" || list.of.kind !== "local") return { ...inferred, cost };
  const level = locals.length - 1 - list.of.depth;
  return { ...inferred, cost, within: merged(inferred.within, new Map([[level, steps]])) };
}

/** A body for each of at most `rounds` items of `over`, which a variable of that level runs through. */
function repeated(
  body: Inferred,
  over: IrExpression,
  rounds: number,
  level: number,
): Pick<Inferred, "cost" | "within"> {
  const inner = body.within?.get(level) ?? 0;
  const shared = isPart(over) ? inner : inner * rounds;
  const within = new Map<number, number>();
  for (const [each, steps] of body.within ?? []) if (each !== level) within.set(each, steps * rounds);
  const cost = rounds * (1 + body.cost - inner) + shared;
  return within.size === 0 ? { cost } : { cost, within };
}

/** A part of a parsed value, also with a fallback for where it is absent. */
const isPart = (node: IrExpression): boolean =>
  node.kind === "part" || (node.kind === "else" && isPart(node.of));

const rules: { readonly [Kind in IrExpressionKind]: Rule<Kind> } = {
  const(node, { types: { parsedTypes }, types }) {
    known(node.type, types);
    if (constToValue(node.type, node.value, parsedTypes) === NOT_OF_TYPE) fail("a constant of another type");
    return leaf(sized(node.type, node.value));
  },
  read(node, { roots }) {
    const root = roots.get(node.root) ?? fail(`a read of ${node.root} where there is none`);
    return leaf(carried(pathType(root, node.path), node.type), ownReads(node));
  },
  local(node, { locals }) {
    return leaf(carried(locals[node.depth] ?? fail("a variable that is not bound"), node.type));
  },
  field(node, environment) {
    const of = infer(node.of, environment);
    if (of.type.kind !== "record") return fail("a field of what is no record");
    return above(pathType(of.type, [node.name]), [of]);
  },
  part(node, environment) {
    const of = infer(node.of, environment);
    if (of.type.kind !== "parsed") return fail("a part of what is not parsed");
    const type = partType(of.type.name, node.name, environment.types.parsedTypes);
    return above(type ?? fail("an unknown part"), [of]);
  },
  index(node, environment) {
    const of = infer(node.of, environment);
    if (of.type.kind === "headers") {
      return /[A-Z]/.test(node.key)
        ? fail("a header name that is not lower case")
        : above(optional(STRING), [of]);
    }
    return of.type.kind === "map" ? above(optional(of.type.of), [of]) : fail("a member of what is no map");
  },
  not: (node, environment) => above(BOOL, [condition(node.of, environment)]),
  and: (node, environment) => above(BOOL, conditions(node.all, environment)),
  or: (node, environment) => above(BOOL, conditions(node.any, environment)),
  if(node, environment) {
    const then = infer(node.then, environment);
    const otherwise = infer(node.else, environment);
    return above(joined(then.type, otherwise.type), [
      condition(node.condition, environment),
      then,
      otherwise,
    ]);
  },
  compare(node, environment) {
    const left = infer(node.left, environment);
    const right = infer(node.right, environment);
    const type = joined(left.type, right.type);
    const possible = node.op === "eq" || node.op === "ne" ? isScalar(type) : isOrdered(type);
    return possible ? above(BOOL, [left, right]) : fail("a comparison of what cannot be compared");
  },
  arithmetic(node, environment) {
    const left = infer(node.left, environment);
    const right = infer(node.right, environment);
    const constant = node.right.kind === "const" ? node.right.value : undefined;
    if (node.op === "mul" && (constant === undefined || right.type.kind !== "int"))
      fail("a product without an int constant");
    if (node.op === "mod" && !(typeof constant === "number" && constant > 0))
      fail("a remainder by no positive constant");
    const type = arithmeticType(node.op, left.type, right.type) ?? fail("arithmetic on other types");
    return above(type, [left, right]);
  },
  member(node, environment) {
    const item = infer(node.item, environment);
    const of = infer(node.of, environment);
    const element = of.type.kind === "map" ? STRING : elementType(of.type);
    if (element === undefined || !isScalar(element)) return fail("membership in what holds no scalars");
    joined(element, item.type);
    return through(node.of, maxItems(of.type), above(BOOL, [item, of]), environment);
  },
  present(node, environment) {
    const of = infer(node.of, environment);
    return of.type.kind === "optional" ? above(BOOL, [of]) : fail("presence of what is always there");
  },
  else(node, environment) {
    const of = infer(node.of, environment);
    const fallback = infer(node.fallback, environment);
    if (of.type.kind !== "optional") return fail("a fallback for what is always there");
    return above(joined(of.type.of, fallback.type), [of, fallback]);
  },
  quantifier(node, environment) {
    const over = infer(node.over, environment);
    const element = elementType(over.type) ?? fail("a quantifier over what is no list or set");
    const body = condition(node.body, environment.with(element));
    const type = node.op === "count" ? INT : BOOL;
    const rounds = repeated(body, node.over, maxItems(over.type), environment.locals.length);
    // What the rounds take is counted with the variable in which their list stands, but for what belongs to others.
    const others = [...(rounds.within?.values() ?? [])].reduce((sum, steps) => sum + steps, 0);
    const known = above(type, [over, { type, reads: body.reads, ...rounds, cost: others }]);
    return through(node.over, rounds.cost - others, known, environment);
  },
  matches(node, environment) {
    const of = infer(node.of, environment);
    if (of.type.kind === "optional") fail("a match of what may be absent");
    if (environment.types.program.patterns[node.pattern] === undefined) fail("an unknown pattern");
    return above(BOOL, [of]);
  },
  call(node, environment) {
    const definition = builtins.get(node.fn) ?? fail("an unknown builtin");
    const args = inferAll(node.args, environment);
    const { params } = definition;
    for (let at = 0; at < params.length; at++)
      if (params[at]?.constant === true && node.args[at]?.kind !== "const")
        fail(`an argument of ${node.fn} that is no constant`);
    const { type, cost } = called(definition, args, environment.types);
    const inferred = above(type, args);
    return { ...inferred, cost: inferred.cost + cost };
  },
  gather(node, { roots, types: { parsedTypes } }) {
    const args = roots.get("args") ?? fail("a read of args where there is none");
    const counts = node.places.map((place) => gathered(args, place, node.type, parsedTypes));
    const max = Math.min(
      MAX_GATHERED,
      counts.reduce((sum, count) => sum + count, 0),
    );
    return { ...leaf(listOf(node.type, max)), cost: 1 + max };
  },
  cast(node, environment) {
    const of = infer(node.of, environment);
    if (of.type.kind !== "json" || node.type.kind === "optional") fail("a cast of what is not json");
    known(node.type, environment.types);
    return above(optional(node.type), [of]);
  },
  label(node, environment) {
    const label = environment.types.program.labels[node.cell] ?? fail("an unknown label");
    return cellRead(BOOL, node, label.key, environment);
  },
  counter(node, environment) {
    const counter = environment.types.program.counters[node.cell] ?? fail("an unknown counter");
    return cellRead(counter.type === "int" ? INT : DECIMAL, node, counter.key, environment);
  },
  fact(node, { types, state }) {
    const fact = types.program.facts.find(({ name }) => name === node.name);
    if (fact === undefined || !state) return fail("a fact that cannot be read here");
    if (!/^\/args(?:\/|$)/.test(node.path)) fail("a fact about no argument");
    return leaf(carried(fact.type, node.type), ownReads(node));
  },
};

/** Throws `IllTyped`. Costs saturate only by the bound that the caller checks. */
export function infer(node: IrExpression, environment: TypeEnvironment): Inferred {
  const known = node.kind === "const" ? environment.types.constants : environment.known;
  const before = known.get(node);
  if (before !== undefined) return before;
  const rule = rules[node.kind] as Rule<IrExpressionKind>;
  const inferred = rule(node as never, environment);
  known.set(node, inferred);
  return inferred;
}

/** An expression whose type must be bool. */
export function condition(node: IrExpression, environment: TypeEnvironment): Inferred {
  const inferred = infer(node, environment);
  return inferred.type.kind === "bool" ? inferred : fail("a condition that is no bool");
}

// Plain loops: they run once for every node of a program that is being loaded, before V8 makes anything fast.
function conditions(nodes: readonly IrExpression[], environment: TypeEnvironment): readonly Inferred[] {
  const inferred: Inferred[] = [];
  for (let at = 0; at < nodes.length; at++)
    inferred.push(condition(nodes[at] ?? fail("no such node"), environment));
  return inferred;
}

function inferAll(nodes: readonly IrExpression[], environment: TypeEnvironment): readonly Inferred[] {
  const inferred: Inferred[] = [];
  for (let at = 0; at < nodes.length; at++)
    inferred.push(infer(nodes[at] ?? fail("no such node"), environment));
  return inferred;
}

/** Type and cost of a call; programs call few functions with few types, and often. */
function called(
  definition: BuiltinDefinition,
  args: readonly Inferred[],
  { calls }: ProgramTypes,
): KnownCall {
  const known = calls.get(definition) ?? [];
  calls.set(definition, known);
  for (const call of known) if (sameTypes(call.types, args)) return call;
  const types = args.map(({ type }) => type);
  if (!acceptsArguments(definition, types)) fail(`arguments that ${definition.name} does not take`);
  const call = { types, type: resultType(definition, types), cost: callCost(definition, types) };
  if (known.length < MAX_KNOWN_CALLS) known.push(call);
  return call;
}
const MAX_KNOWN_CALLS = 8;

/** The same objects: bounds count for costs. */
function sameTypes(types: readonly Type[], args: readonly Inferred[]): boolean {
  if (types.length !== args.length) return false;
  for (let at = 0; at < types.length; at++) if (types[at] !== args[at]?.type) return false;
  return true;
}

export function fail(message: string): never {
  throw new IllTyped(message);
}

/** The real type, when the node says the same of itself. */
const carried = (real: Type, said: Type): Type =>
  sameType(real, said) ? real : fail("a type that is not the real one");

function known(type: Type, { sound, parsedTypes }: ProgramTypes): void {
  if (sound.has(type)) return;
  const problem = typeProblem(type, parsedTypes);
  if (problem !== undefined) fail(problem);
  sound.add(type);
}

/** The type of a constant knows how many items it has. */
function sized(type: Type, value: ConstValue): Type {
  if (type.kind !== "list" && type.kind !== "set" && type.kind !== "map") return type;
  return Array.isArray(value) ? { ...type, max: value.length } : type;
}

/** Of two values that take each other's place: an int may stand as a decimal, bounds are the wider ones. */
export function joined(left: Type, right: Type): Type {
  if (left === right) return left;
  if (left.kind === "int" && right.kind === "decimal") return right;
  if (left.kind === "decimal" && right.kind === "int") return left;
  if (!sameType(left, right)) return fail("two types where there must be one");
  return maxItems(right) > maxItems(left) ? right : left;
}

function fieldType(record: RecordType, name: string): Type {
  const { fields } = record;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at];
    if (field?.name === name) return field.type;
  }
  return fail("an unknown field");
}

/** Optional as soon as a step may be absent. */
function pathType(root: RecordType, path: readonly string[]): Type {
  let type: Type = root;
  let mayBeAbsent = false;
  for (const name of path) {
    mayBeAbsent ||= type.kind === "optional";
    const record: Type = required(type);
    if (record.kind !== "record") return fail("a step into what is no record");
    type = fieldType(record, name);
  }
  return mayBeAbsent ? optional(type) : type;
}

function cellRead(
  type: Type,
  node: NodeOf<"label" | "counter">,
  keyTypes: readonly Type[],
  environment: TypeEnvironment,
): Inferred {
  if (!environment.state) return fail("state that cannot be read here");
  const inferred = inferAll(node.key, environment);
  checkKey(
    inferred.map((each) => each.type),
    keyTypes,
  );
  return above(type, inferred, ownReads(node));
}

/** Keys must have exactly the types that the cell declares. */
export function checkKey(types: readonly Type[], declared: readonly Type[]): void {
  const fits =
    types.length === declared.length && types.every((type, at) => sameType(type, declared[at] ?? BOOL));
  if (!fits) fail("a key of another type");
}

/** How many values of the type there can be at a place. */
function gathered(args: RecordType, { path, part }: IrPlace, type: Type, parsedTypes: ParsedTypes): number {
  let at: Type = args;
  let count = 1;
  for (const step of path) {
    const here: Type = required(at);
    if (typeof step === "string") {
      if (here.kind !== "record") return fail("a step into what is no record");
      at = fieldType(here, step);
    } else {
      count *= maxItems(here);
      if (here.kind === "list" || here.kind === "set" || here.kind === "map") at = here.of;
      else at = here.kind === "headers" ? STRING : fail("a step into what has no elements");
    }
  }
  const found = required(at);
  const value =
    part === null ? found : found.kind === "parsed" ? partType(found.name, part, parsedTypes) : undefined;
  if (value === undefined || !sameType(required(value), type)) fail("a place of another type");
  return count;
}
