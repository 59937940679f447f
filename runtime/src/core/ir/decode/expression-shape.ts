// The shape of expressions in the JSON of an IR.
import type { IrExpression, IrExpressionKind } from "../ir.ts";
import type { Decoder } from "./shape.ts";
import { array, boolean, byKind, index, nullable, object, oneOf, string, ShapeError } from "./shape.ts";
import { decodeConst, decodeType } from "./type-shape.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
const node: Decoder<IrExpression> = (json, path) => decodeExpression(json, path);
const nodes = array(node);
const step: Decoder<string | { readonly each: true }> = (json, path) => {
  if (typeof json === "string") return json;
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    const keys = Object.entries(json);
    if (keys.length === 1 && keys[0]?.[0] === "each" && keys[0][1] === true) return { each: true };
  }
  throw new ShapeError(path, "expected a name or an each step");
};

const kinds: { readonly [Kind in IrExpressionKind]: Decoder<NodeOf<Kind>> } = {
  const: object({ kind: oneOf("const"), type: decodeType, value: decodeConst }),
  read: object({
    kind: oneOf("read"),
    root: oneOf("args", "agent", "context", "result"),
    path: array(string),
    type: decodeType,
  }),
  local: object({ kind: oneOf("local"), depth: index, type: decodeType }),
  field: object({ kind: oneOf("field"), of: node, name: string }),
  part: object({ kind: oneOf("part"), of: node, name: string }),
  index: object({ kind: oneOf("index"), of: node, key: string }),
  not: object({ kind: oneOf("not"), of: node }),
  and: object({ kind: oneOf("and"), all: nodes }),
  or: object({ kind: oneOf("or"), any: nodes }),
  if: object({ kind: oneOf("if"), condition: node, then: node, else: node }),
  compare: object({
    kind: oneOf("compare"),
    op: oneOf("eq", "ne", "lt", "le", "gt", "ge"),
    left: node,
    right: node,
  }),
  arithmetic: object({
    kind: oneOf("arithmetic"),
    op: oneOf("add", "sub", "mul", "mod"),
    left: node,
    right: node,
  }),
  member: object({ kind: oneOf("member"), item: node, of: node }),
  present: object({ kind: oneOf("present"), of: node }),
  else: object({ kind: oneOf("else"), of: node, fallback: node }),
  quantifier: object({ kind: oneOf("quantifier"), op: oneOf("any", "all", "count"), over: node, body: node }),
  matches: object({ kind: oneOf("matches"), of: node, pattern: index }),
  call: object({ kind: oneOf("call"), fn: string, args: nodes }),
  gather: object({
    kind: oneOf("gather"),
    type: decodeType,
    places: array(object({ path: array(step), part: nullable(string) })),
  }),
  cast: object({ kind: oneOf("cast"), of: node, type: decodeType }),
  label: object({ kind: oneOf("label"), cell: index, key: nodes, maybe: boolean }),
  counter: object({ kind: oneOf("counter"), cell: index, key: nodes }),
  fact: object({ kind: oneOf("fact"), name: string, path: string, type: decodeType }),
};

export const decodeExpression: Decoder<IrExpression> = byKind<IrExpression>(new Map(Object.entries(kinds)));
