// Expressions in the JSON of a program: each node once, its children by the numbers of their rows.
//
// Nodes are most of what is read when a program is loaded, by code that has not run before: one that V8 still interprets.
// So each kind says in plain steps how it is written and read, in the same order.
import type { ConstValue } from "../../types/type.ts";
import type { JsonValue } from "../../values/value.ts";
import type { IrExpression, IrExpressionKind, IrPlace } from "../ir.ts";
import type { Codec, TableReader, TableWriter } from "./codec.ts";
import {
  ShapeError,
  array,
  boolean,
  index,
  isArray,
  itemsOf,
  misshapen,
  oneOf,
  orNull,
  row,
  string,
} from "./codec.ts";
import { constValue } from "./type-row.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
/** The parts of a row are its items from the second on. */
type Items = readonly JsonValue[];
interface KindCodec<Kind extends IrExpressionKind> {
  /** How many parts there are at least, where those at the end may be left out, and at most. */
  readonly parts: number;
  readonly least?: number;
  /** The parts, with commas between them. */
  write(node: NodeOf<Kind>, to: TableWriter): string;
  read(row: Items, from: TableReader): NodeOf<Kind>;
}

/** Texts, and arrays and constants of them. */
const text = (value: ConstValue): string => JSON.stringify(value);

const root = oneOf("args", "agent", "context", "result");
const comparison = oneOf("eq", "ne", "lt", "le", "gt", "ge");
const operation = oneOf("add", "sub", "mul", "mod");
const quantity = oneOf("any", "all", "count");
const names = array(string);

/** The name of a field; `true` for every element. */
const step: Codec<IrPlace["path"][number]> = {
  encode: (value) => (typeof value === "string" ? text(value) : "true"),
  decode(json, from) {
    if (json === true) return { each: true };
    return typeof json === "string" ? string.decode(json, from) : misshapen("expected a name or true");
  },
};
const places = array(
  row(
    [array(step), orNull(string)],
    ({ path, part }: IrPlace) => [path, part],
    (path, part) => ({ path, part }),
  ),
);

function writeAll(nodes: readonly IrExpression[], to: TableWriter): string {
  const rows: number[] = [];
  for (const node of nodes) rows.push(to.expression(node));
  return `[${rows.join(",")}]`;
}
function readAll(json: JsonValue | undefined, from: TableReader): readonly IrExpression[] {
  if (!isArray(json)) return misshapen("expected an array");
  const nodes: IrExpression[] = [];
  for (let at = 0; at < json.length; at++) nodes.push(from.expression(json[at]));
  return nodes;
}
/** At the end of a row, which ends sooner where there is no key. */
const writeKey = (key: readonly IrExpression[], to: TableWriter): string =>
  key.length === 0 ? "" : `,${writeAll(key, to)}`;
const readKey = (row: Items, at: number, from: TableReader): readonly IrExpression[] =>
  at >= row.length || row[at] === null ? [] : readAll(row[at], from);

const kinds: { readonly [Kind in IrExpressionKind]: KindCodec<Kind> } = {
  const: {
    parts: 2,
    write: ({ type, value }, to) => `${to.type(type)},${text(value)}`,
    read: (row, from) => ({ kind: "const", type: from.type(row[1]), value: constValue.decode(row[2], from) }),
  },
  read: {
    parts: 3,
    write: (node, to) => `"${node.root}",${text(node.path)},${to.type(node.type)}`,
    read: (row, from) => ({
      kind: "read",
      root: root.decode(row[1], from),
      path: names.decode(row[2], from),
      type: from.type(row[3]),
    }),
  },
  local: {
    parts: 2,
    write: ({ depth, type }, to) => `${depth},${to.type(type)}`,
    read: (row, from) => ({ kind: "local", depth: index.decode(row[1], from), type: from.type(row[2]) }),
  },
  field: {
    parts: 2,
    write: ({ of, name }, to) => `${to.expression(of)},${text(name)}`,
    read: (row, from) => ({ kind: "field", of: from.expression(row[1]), name: string.decode(row[2], from) }),
  },
  part: {
    parts: 2,
    write: ({ of, name }, to) => `${to.expression(of)},${text(name)}`,
    read: (row, from) => ({ kind: "part", of: from.expression(row[1]), name: string.decode(row[2], from) }),
  },
  index: {
    parts: 2,
    write: ({ of, key }, to) => `${to.expression(of)},${text(key)}`,
    read: (row, from) => ({ kind: "index", of: from.expression(row[1]), key: string.decode(row[2], from) }),
  },
  not: {
    parts: 1,
    write: ({ of }, to) => `${to.expression(of)}`,
    read: (row, from) => ({ kind: "not", of: from.expression(row[1]) }),
  },
  and: {
    parts: 1,
    write: ({ all }, to) => writeAll(all, to),
    read: (row, from) => ({ kind: "and", all: readAll(row[1], from) }),
  },
  or: {
    parts: 1,
    write: ({ any }, to) => writeAll(any, to),
    read: (row, from) => ({ kind: "or", any: readAll(row[1], from) }),
  },
  if: {
    parts: 3,
    write: (node, to) =>
      `${to.expression(node.condition)},${to.expression(node.then)},${to.expression(node.else)}`,
    read: (row, from) => ({
      kind: "if",
      condition: from.expression(row[1]),
      then: from.expression(row[2]),
      else: from.expression(row[3]),
    }),
  },
  compare: {
    parts: 3,
    write: ({ op, left, right }, to) => `"${op}",${to.expression(left)},${to.expression(right)}`,
    read: (row, from) => ({
      kind: "compare",
      op: comparison.decode(row[1], from),
      left: from.expression(row[2]),
      right: from.expression(row[3]),
    }),
  },
  arithmetic: {
    parts: 3,
    write: ({ op, left, right }, to) => `"${op}",${to.expression(left)},${to.expression(right)}`,
    read: (row, from) => ({
      kind: "arithmetic",
      op: operation.decode(row[1], from),
      left: from.expression(row[2]),
      right: from.expression(row[3]),
    }),
  },
  member: {
    parts: 2,
    write: ({ item, of }, to) => `${to.expression(item)},${to.expression(of)}`,
    read: (row, from) => ({ kind: "member", item: from.expression(row[1]), of: from.expression(row[2]) }),
  },
  present: {
    parts: 1,
    write: ({ of }, to) => `${to.expression(of)}`,
    read: (row, from) => ({ kind: "present", of: from.expression(row[1]) }),
  },
  else: {
    parts: 2,
    write: ({ of, fallback }, to) => `${to.expression(of)},${to.expression(fallback)}`,
    read: (row, from) => ({ kind: "else", of: from.expression(row[1]), fallback: from.expression(row[2]) }),
  },
  quantifier: {
    parts: 3,
    write: ({ op, over, body }, to) => `"${op}",${to.expression(over)},${to.expression(body)}`,
    read: (row, from) => ({
      kind: "quantifier",
      op: quantity.decode(row[1], from),
      over: from.expression(row[2]),
      body: from.expression(row[3]),
    }),
  },
  matches: {
    parts: 2,
    write: ({ of, pattern }, to) => `${to.expression(of)},${pattern}`,
    read: (row, from) => ({
      kind: "matches",
      of: from.expression(row[1]),
      pattern: index.decode(row[2], from),
    }),
  },
  call: {
    parts: 2,
    write: ({ fn, args }, to) => `${text(fn)},${writeAll(args, to)}`,
    read: (row, from) => ({ kind: "call", fn: string.decode(row[1], from), args: readAll(row[2], from) }),
  },
  gather: {
    parts: 2,
    write: (node, to) => `${to.type(node.type)},${places.encode(node.places, to)}`,
    read: (row, from) => ({ kind: "gather", type: from.type(row[1]), places: places.decode(row[2], from) }),
  },
  cast: {
    parts: 2,
    write: ({ of, type }, to) => `${to.expression(of)},${to.type(type)}`,
    read: (row, from) => ({ kind: "cast", of: from.expression(row[1]), type: from.type(row[2]) }),
  },
  label: {
    parts: 3,
    least: 2,
    write: ({ cell, maybe, key }, to) => `${cell},${maybe}${writeKey(key, to)}`,
    read: (row, from) => ({
      kind: "label",
      cell: index.decode(row[1], from),
      maybe: boolean.decode(row[2], from),
      key: readKey(row, 3, from),
    }),
  },
  counter: {
    parts: 2,
    least: 1,
    write: ({ cell, key }, to) => `${cell}${writeKey(key, to)}`,
    read: (row, from) => ({ kind: "counter", cell: index.decode(row[1], from), key: readKey(row, 2, from) }),
  },
  fact: {
    parts: 3,
    write: ({ name, path, type }, to) => `${text(name)},${text(path)},${to.type(type)}`,
    read: (row, from) => ({
      kind: "fact",
      name: string.decode(row[1], from),
      path: string.decode(row[2], from),
      type: from.type(row[3]),
    }),
  },
};

const byName = new Map<unknown, KindCodec<IrExpressionKind>>(
  Object.entries(kinds) as [string, KindCodec<IrExpressionKind>][],
);

/** A row of the table of expressions: its kind, then its parts. */
export const expressionRow: Codec<IrExpression> = {
  encode(node, to) {
    const { write } = kinds[node.kind] as KindCodec<IrExpressionKind>;
    return `["${node.kind}",${write(node as never, to)}]`;
  },
  decode(json, from) {
    const kind = isArray(json) ? byName.get(json[0]) : undefined;
    if (kind === undefined) return misshapen("expected an array that begins with a known kind");
    const { parts, least = parts } = kind;
    const items = itemsOf(json, least + 1, parts + 1);
    try {
      return kind.read(items, from);
    } catch (error) {
      // The row is place enough: its parts say nothing of where they stand.
      if (error instanceof ShapeError && !error.whole) error.path = "";
      throw error;
    }
  },
};
