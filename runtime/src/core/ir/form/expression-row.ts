// Expressions in the JSON of a program: each node once, its children by the numbers of their rows.
import type { IrExpression, IrExpressionKind, IrPlace } from "../ir.ts";
import type { Codec } from "./codec.ts";
import {
  array,
  boolean,
  byKind,
  expression as node,
  index,
  misshapen,
  oneOf,
  orEmpty,
  orNull,
  row,
  string,
  type,
} from "./codec.ts";
import { constValue } from "./type-row.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
type Step = IrPlace["path"][number];

const nodes = array(node);

/** The name of a field; `true` for every element. */
const step: Codec<Step> = {
  encode: (value) => (typeof value === "string" ? value : true),
  decode: (json) =>
    typeof json === "string" ? json : json === true ? { each: true } : misshapen("expected a name or true"),
};
const place = row(
  [array(step), orNull(string)],
  ({ path, part }: IrPlace) => [path, part],
  (path, part) => ({ path, part }),
);

interface OfOne<Kind> {
  readonly kind: Kind;
  readonly of: IrExpression;
}
const wrapper = <Kind extends string>(kind: Kind): Codec<OfOne<Kind>> =>
  row(
    [node],
    ({ of }: OfOne<Kind>) => [of],
    (of) => ({ kind, of }),
    [kind],
  );
interface Selector<Kind> extends OfOne<Kind> {
  readonly name: string;
}
const selector = <Kind extends string>(kind: Kind): Codec<Selector<Kind>> =>
  row(
    [node, string],
    ({ of, name }: Selector<Kind>) => [of, name],
    (of, name) => ({ kind, of, name }),
    [kind],
  );

/** A row of the table of expressions: its kind, then its parts. */
export const expressionRow: Codec<IrExpression> = byKind<IrExpression>({
  const: (kind) =>
    row(
      [type, constValue],
      (value: NodeOf<"const">) => [value.type, value.value],
      (of, value) => ({ kind, type: of, value }),
      [kind],
    ),
  read: (kind) =>
    row(
      [oneOf("args", "agent", "context", "result"), array(string), type],
      (value: NodeOf<"read">) => [value.root, value.path, value.type],
      (root, path, of) => ({ kind, root, path, type: of }),
      [kind],
    ),
  local: (kind) =>
    row(
      [index, type],
      (value: NodeOf<"local">) => [value.depth, value.type],
      (depth, of) => ({ kind, depth, type: of }),
      [kind],
    ),
  field: selector,
  part: selector,
  index: (kind) =>
    row(
      [node, string],
      ({ of, key }: NodeOf<"index">) => [of, key],
      (of, key) => ({ kind, of, key }),
      [kind],
    ),
  not: wrapper,
  and: (kind) =>
    row(
      [nodes],
      ({ all }: NodeOf<"and">) => [all],
      (all) => ({ kind, all }),
      [kind],
    ),
  or: (kind) =>
    row(
      [nodes],
      ({ any }: NodeOf<"or">) => [any],
      (any) => ({ kind, any }),
      [kind],
    ),
  if: (kind) =>
    row(
      [node, node, node],
      (value: NodeOf<"if">) => [value.condition, value.then, value.else],
      (condition, then, otherwise) => ({ kind, condition, then, else: otherwise }),
      [kind],
    ),
  compare: (kind) =>
    row(
      [oneOf("eq", "ne", "lt", "le", "gt", "ge"), node, node],
      ({ op, left, right }: NodeOf<"compare">) => [op, left, right],
      (op, left, right) => ({ kind, op, left, right }),
      [kind],
    ),
  arithmetic: (kind) =>
    row(
      [oneOf("add", "sub", "mul", "mod"), node, node],
      ({ op, left, right }: NodeOf<"arithmetic">) => [op, left, right],
      (op, left, right) => ({ kind, op, left, right }),
      [kind],
    ),
  member: (kind) =>
    row(
      [node, node],
      ({ item, of }: NodeOf<"member">) => [item, of],
      (item, of) => ({ kind, item, of }),
      [kind],
    ),
  present: wrapper,
  else: (kind) =>
    row(
      [node, node],
      ({ of, fallback }: NodeOf<"else">) => [of, fallback],
      (of, fallback) => ({ kind, of, fallback }),
      [kind],
    ),
  quantifier: (kind) =>
    row(
      [oneOf("any", "all", "count"), node, node],
      ({ op, over, body }: NodeOf<"quantifier">) => [op, over, body],
      (op, over, body) => ({ kind, op, over, body }),
      [kind],
    ),
  matches: (kind) =>
    row(
      [node, index],
      ({ of, pattern }: NodeOf<"matches">) => [of, pattern],
      (of, pattern) => ({ kind, of, pattern }),
      [kind],
    ),
  call: (kind) =>
    row(
      [string, nodes],
      ({ fn, args }: NodeOf<"call">) => [fn, args],
      (fn, args) => ({ kind, fn, args }),
      [kind],
    ),
  gather: (kind) =>
    row(
      [type, array(place)],
      (value: NodeOf<"gather">) => [value.type, value.places],
      (of, places) => ({ kind, type: of, places }),
      [kind],
    ),
  cast: (kind) =>
    row(
      [node, type],
      (value: NodeOf<"cast">) => [value.of, value.type],
      (of, to) => ({ kind, of, type: to }),
      [kind],
    ),
  label: (kind) =>
    row(
      [index, boolean, orEmpty(nodes)],
      ({ cell, maybe, key }: NodeOf<"label">) => [cell, maybe, key],
      (cell, maybe, key) => ({ kind, cell, key, maybe }),
      [kind],
    ),
  counter: (kind) =>
    row(
      [index, orEmpty(nodes)],
      ({ cell, key }: NodeOf<"counter">) => [cell, key],
      (cell, key) => ({ kind, cell, key }),
      [kind],
    ),
  fact: (kind) =>
    row(
      [string, string, type],
      (value: NodeOf<"fact">) => [value.name, value.path, value.type],
      (name, path, of) => ({ kind, name, path, type: of }),
      [kind],
    ),
});
