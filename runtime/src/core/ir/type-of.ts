// The type of an expression, from the types that its nodes carry. The decoder checks that these are true.
import { builtins } from "../builtins/builtin-registry.ts";
import { acceptsArguments, resultType } from "../builtins/define-builtin.ts";
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Type } from "../types/type.ts";
import {
  BOOL,
  DECIMAL,
  DEFAULT_MAX_ITEMS,
  DURATION,
  INT,
  MAX_GATHERED,
  STRING,
  TIME,
  listOf,
  optional,
  required,
} from "../types/type.ts";
import type { IrExpression, IrExpressionKind, IrPlace, IrProgram } from "./ir.ts";

/** What `typeOf` needs besides the expression. */
export interface TypeSources {
  readonly counters: IrProgram["counters"];
  readonly parsedTypes: ParsedTypes;
}

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

const rules: {
  readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, sources: TypeSources) => Type | undefined;
} = {
  const: (node) => node.type,
  read: (node) => node.type,
  local: (node) => node.type,
  fact: (node) => node.type,
  field(node, sources) {
    const of = typeOf(node.of, sources);
    return of?.kind === "record" ? of.fields.find((field) => field.name === node.name)?.type : undefined;
  },
  part(node, sources) {
    const of = typeOf(node.of, sources);
    return of?.kind === "parsed" ? partType(of.name, node.name, sources.parsedTypes) : undefined;
  },
  index(node, sources) {
    const of = typeOf(node.of, sources);
    if (of?.kind === "headers") return optional(STRING);
    return of?.kind === "map" ? optional(of.of) : undefined;
  },
  not: () => BOOL,
  and: () => BOOL,
  or: () => BOOL,
  compare: () => BOOL,
  member: () => BOOL,
  present: () => BOOL,
  matches: () => BOOL,
  label: () => BOOL,
  if: (node, sources) => wider(typeOf(node.then, sources), typeOf(node.else, sources)),
  arithmetic: (node, sources) =>
    arithmeticType(node.op, typeOf(node.left, sources), typeOf(node.right, sources)),
  else(node, sources) {
    const of = typeOf(node.of, sources);
    return of === undefined ? undefined : wider(required(of), typeOf(node.fallback, sources));
  },
  quantifier: (node) => (node.op === "count" ? INT : BOOL),
  call(node, sources) {
    const definition = builtins.get(node.fn);
    const types = node.args.flatMap((arg) => typeOf(arg, sources) ?? []);
    return definition !== undefined && acceptsArguments(definition, types)
      ? resultType(definition, types)
      : undefined;
  },
  gather: (node) => listOf(node.type, gatherMax(node.places)),
  cast: (node) => optional(node.type),
  counter(node, sources) {
    const counter = sources.counters[node.cell];
    return counter === undefined ? undefined : counter.type === "int" ? INT : DECIMAL;
  },
};

/** Undefined where the expression is not well-typed. */
export function typeOf(node: IrExpression, sources: TypeSources): Type | undefined {
  const rule = rules[node.kind] as (node: IrExpression, sources: TypeSources) => Type | undefined;
  return rule(node, sources);
}

/** The type of a part of a parsed type. */
export function partType(name: string, part: string, parsedTypes: ParsedTypes): Type | undefined {
  const parts = parsedTypes.get(name)?.parts;
  return parts !== undefined && Object.hasOwn(parts, part) ? parts[part]?.type : undefined;
}

/** Elements of a list or set. */
export function elementType(type: Type | undefined): Type | undefined {
  return type?.kind === "list" || type?.kind === "set" ? type.of : undefined;
}

const isWhole = (type: Type): boolean => type.kind === "int" || type.kind === "decimal";

/** Ints and decimals are both integers here: an int that is scaled stands as a decimal. */
export function arithmeticType(
  op: "add" | "sub" | "mul" | "mod",
  left: Type | undefined,
  right: Type | undefined,
): Type | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (isWhole(left) && isWhole(right)) return left.kind === "int" && right.kind === "int" ? INT : DECIMAL;
  switch (op) {
    case "add":
      if (left.kind === "duration")
        return right.kind === "duration" || right.kind === "time" ? { kind: right.kind } : undefined;
      return left.kind === "time" && right.kind === "duration" ? TIME : undefined;
    case "sub":
      if (left.kind === "duration") return right.kind === "duration" ? DURATION : undefined;
      if (left.kind !== "time") return undefined;
      return right.kind === "time" ? DURATION : right.kind === "duration" ? TIME : undefined;
    case "mul":
    case "mod":
      return left.kind === "duration" && (right.kind === "int" || (op === "mod" && right.kind === "duration"))
        ? DURATION
        : undefined;
  }
}

/** Of two branches: bounds of collections are the larger ones. */
function wider(left: Type | undefined, right: Type | undefined): Type | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (left.kind === "list" || left.kind === "set" || left.kind === "map") {
    return "max" in right && right.max !== undefined && right.max > left.max ? right : left;
  }
  return left.kind === "int" && right.kind === "decimal" ? right : left;
}

/** Most values that the places hold together; the decoder bounds it by the real types. */
const gatherMax = (places: readonly IrPlace[]): number =>
  Math.min(
    MAX_GATHERED,
    places.reduce(
      (sum, { path }) => sum + DEFAULT_MAX_ITEMS ** path.filter((step) => typeof step !== "string").length,
      0,
    ),
  );
