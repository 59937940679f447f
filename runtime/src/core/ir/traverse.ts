// Walking and rebuilding IR expressions: the one place that knows which children a node has and which of them bind a local.
import type { IrExpression, IrExpressionKind } from "./ir.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
/** Gives the new form of a child; `binds` is 1 where the child sees one local more than its parent. */
export type ChildMapper = (child: IrExpression, binds: 0 | 1) => IrExpression;

const same = <Node>(node: Node): Node => node;
const mapList = (items: readonly IrExpression[], map: ChildMapper): readonly IrExpression[] => {
  const mapped = items.map((item) => map(item, 0));
  return mapped.every((item, index) => item === items[index]) ? items : mapped;
};
/** `{ ...node, ...changes }`, or the node itself when nothing has changed. */
function patch<Node extends object>(node: Node, changes: Partial<Node>): Node {
  const changed = (Object.keys(changes) as (keyof Node)[]).some((key) => node[key] !== changes[key]);
  return changed ? { ...node, ...changes } : node;
}

const mappers: {
  readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, map: ChildMapper) => IrExpression;
} = {
  const: same,
  read: same,
  local: same,
  gather: same,
  fact: same,
  field: (node, map) => patch(node, { of: map(node.of, 0) }),
  part: (node, map) => patch(node, { of: map(node.of, 0) }),
  index: (node, map) => patch(node, { of: map(node.of, 0) }),
  not: (node, map) => patch(node, { of: map(node.of, 0) }),
  present: (node, map) => patch(node, { of: map(node.of, 0) }),
  matches: (node, map) => patch(node, { of: map(node.of, 0) }),
  cast: (node, map) => patch(node, { of: map(node.of, 0) }),
  and: (node, map) => patch(node, { all: mapList(node.all, map) }),
  or: (node, map) => patch(node, { any: mapList(node.any, map) }),
  if: (node, map) =>
    patch(node, { condition: map(node.condition, 0), then: map(node.then, 0), else: map(node.else, 0) }),
  compare: (node, map) => patch(node, { left: map(node.left, 0), right: map(node.right, 0) }),
  arithmetic: (node, map) => patch(node, { left: map(node.left, 0), right: map(node.right, 0) }),
  member: (node, map) => patch(node, { item: map(node.item, 0), of: map(node.of, 0) }),
  else: (node, map) => patch(node, { of: map(node.of, 0), fallback: map(node.fallback, 0) }),
  quantifier: (node, map) => patch(node, { over: map(node.over, 0), body: map(node.body, 1) }),
  call: (node, map) => patch(node, { args: mapList(node.args, map) }),
  label: (node, map) => patch(node, { key: mapList(node.key, map) }),
  counter: (node, map) => patch(node, { key: mapList(node.key, map) }),
};

/** The node with every direct child replaced; the node itself when nothing changes. */
export function mapChildren(node: IrExpression, map: ChildMapper): IrExpression {
  const mapper = mappers[node.kind] as (node: IrExpression, map: ChildMapper) => IrExpression;
  return mapper(node, map);
}

type Visit = (child: IrExpression, binds: 0 | 1) => void;
const none = (): void => undefined;
const ofOne = (node: { readonly of: IrExpression }, visit: Visit): void => visit(node.of, 0);
const ofMany = (nodes: readonly IrExpression[], visit: Visit): void =>
  nodes.forEach((node) => visit(node, 0));

/** As `mappers`, for those who only look: programs are loaded by looking at every node. */
const visitors: { readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, visit: Visit) => void } = {
  const: none,
  read: none,
  local: none,
  gather: none,
  fact: none,
  field: ofOne,
  part: ofOne,
  index: ofOne,
  not: ofOne,
  present: ofOne,
  matches: ofOne,
  cast: ofOne,
  and: (node, visit) => ofMany(node.all, visit),
  or: (node, visit) => ofMany(node.any, visit),
  if: (node, visit) => ofMany([node.condition, node.then, node.else], visit),
  compare: (node, visit) => ofMany([node.left, node.right], visit),
  arithmetic: (node, visit) => ofMany([node.left, node.right], visit),
  member: (node, visit) => ofMany([node.item, node.of], visit),
  else: (node, visit) => ofMany([node.of, node.fallback], visit),
  quantifier(node, visit) {
    visit(node.over, 0);
    visit(node.body, 1);
  },
  call: (node, visit) => ofMany(node.args, visit),
  label: (node, visit) => ofMany(node.key, visit),
  counter: (node, visit) => ofMany(node.key, visit),
};

/** Calls `visit` for every direct child, in the order of `mapChildren`. */
export function eachChild(node: IrExpression, visit: Visit): void {
  const visitor = visitors[node.kind] as (node: IrExpression, visit: Visit) => void;
  visitor(node, visit);
}

/** True when the node or one below it satisfies the predicate. */
export function someNode(node: IrExpression, predicate: (node: IrExpression) => boolean): boolean {
  if (predicate(node)) return true;
  let found = false;
  eachChild(node, (child) => {
    found ||= someNode(child, predicate);
  });
  return found;
}

/** The expression moved below `by` more binders: its free locals count that much further. */
export function shiftLocals(node: IrExpression, by: number, bound = 0): IrExpression {
  if (by === 0) return node;
  if (node.kind === "local") return node.depth >= bound ? { ...node, depth: node.depth + by } : node;
  return mapChildren(node, (child, binds) => shiftLocals(child, by, bound + binds));
}
