// Walking and rebuilding IR expressions: the one place that knows which children a node has and which of them bind a local.
import type { IrExpression, IrExpressionKind } from "./ir.ts";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;
/** Gives the new form of a child; `binds` is 1 where the child sees one local more than its parent. */
export type ChildMapper = (child: IrExpression, binds: 0 | 1) => IrExpression;

const same = <Node>(node: Node): Node => node;

/** The list itself when nothing changes. */
function mapList(items: readonly IrExpression[], map: ChildMapper): readonly IrExpression[] {
  let mapped: IrExpression[] | null = null;
  let index = 0;
  for (const item of items) {
    const now = map(item, 0);
    if (now !== item) mapped ??= items.slice(0, index);
    mapped?.push(now);
    index += 1;
  }
  return mapped ?? items;
}

function mapOf<Node extends { readonly of: IrExpression }>(node: Node, map: ChildMapper): Node {
  const of = map(node.of, 0);
  return of === node.of ? node : { ...node, of };
}

type Sides = { readonly left: IrExpression; readonly right: IrExpression };
function mapSides<Node extends Sides>(node: Node, map: ChildMapper): Node {
  const left = map(node.left, 0);
  const right = map(node.right, 0);
  return left === node.left && right === node.right ? node : { ...node, left, right };
}

// Each looks at its own children and nothing else: compilers run them over every node of every rule.
const mappers: {
  readonly [Kind in IrExpressionKind]: (node: NodeOf<Kind>, map: ChildMapper) => IrExpression;
} = {
  const: same,
  read: same,
  local: same,
  gather: same,
  fact: same,
  field: mapOf,
  part: mapOf,
  index: mapOf,
  not: mapOf,
  present: mapOf,
  matches: mapOf,
  cast: mapOf,
  and(node, map) {
    const all = mapList(node.all, map);
    return all === node.all ? node : { ...node, all };
  },
  or(node, map) {
    const any = mapList(node.any, map);
    return any === node.any ? node : { ...node, any };
  },
  if(node, map) {
    const [condition, then, other] = [map(node.condition, 0), map(node.then, 0), map(node.else, 0)];
    return condition === node.condition && then === node.then && other === node.else
      ? node
      : { ...node, condition, then, else: other };
  },
  compare: mapSides,
  arithmetic: mapSides,
  member(node, map) {
    const item = map(node.item, 0);
    const of = map(node.of, 0);
    return item === node.item && of === node.of ? node : { ...node, item, of };
  },
  else(node, map) {
    const of = map(node.of, 0);
    const fallback = map(node.fallback, 0);
    return of === node.of && fallback === node.fallback ? node : { ...node, of, fallback };
  },
  quantifier(node, map) {
    const over = map(node.over, 0);
    const body = map(node.body, 1);
    return over === node.over && body === node.body ? node : { ...node, over, body };
  },
  call(node, map) {
    const args = mapList(node.args, map);
    return args === node.args ? node : { ...node, args };
  },
  label: mapKey,
  counter: mapKey,
};

function mapKey<Node extends { readonly key: readonly IrExpression[] }>(node: Node, map: ChildMapper): Node {
  const key = mapList(node.key, map);
  return key === node.key ? node : { ...node, key };
}

/** The node with every direct child replaced; the node itself when nothing changes. */
export function mapChildren(node: IrExpression, map: ChildMapper): IrExpression {
  const mapper = mappers[node.kind] as (node: IrExpression, map: ChildMapper) => IrExpression;
  return mapper(node, map);
}

type Visit = (child: IrExpression, binds: 0 | 1) => void;
const none = (): void => undefined;
const ofOne = (node: { readonly of: IrExpression }, visit: Visit): void => visit(node.of, 0);
function ofMany(nodes: readonly IrExpression[], visit: Visit): void {
  for (const node of nodes) visit(node, 0);
}
function ofSides(node: Sides, visit: Visit): void {
  visit(node.left, 0);
  visit(node.right, 0);
}

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
  compare: ofSides,
  arithmetic: ofSides,
  member(node, visit) {
    visit(node.item, 0);
    visit(node.of, 0);
  },
  else(node, visit) {
    visit(node.of, 0);
    visit(node.fallback, 0);
  },
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

/**
 * True when the node or one below it satisfies the predicate. Goes down by itself, and not by `eachChild`: it is asked of
 * every condition several times, and stops where it has found.
 */
export function someNode(node: IrExpression, predicate: (node: IrExpression) => boolean): boolean {
  if (predicate(node)) return true;
  switch (node.kind) {
    case "const":
    case "read":
    case "local":
    case "gather":
    case "fact":
      return false;
    case "compare":
    case "arithmetic":
      return someNode(node.left, predicate) || someNode(node.right, predicate);
    case "member":
      return someNode(node.item, predicate) || someNode(node.of, predicate);
    case "else":
      return someNode(node.of, predicate) || someNode(node.fallback, predicate);
    case "quantifier":
      return someNode(node.over, predicate) || someNode(node.body, predicate);
    case "if":
      return [node.condition, node.then, node.else].some((each) => someNode(each, predicate));
    case "call":
      return node.args.some((each) => someNode(each, predicate));
    case "and":
      return node.all.some((each) => someNode(each, predicate));
    case "or":
      return node.any.some((each) => someNode(each, predicate));
    case "label":
    case "counter":
      return node.key.some((each) => someNode(each, predicate));
    default:
      return someNode(node.of, predicate);
  }
}

/** The expression moved below `by` more binders: its free locals count that much further. */
export function shiftLocals(node: IrExpression, by: number, bound = 0): IrExpression {
  if (by === 0) return node;
  if (node.kind === "local") return node.depth >= bound ? { ...node, depth: node.depth + by } : node;
  return mapChildren(node, (child, binds) => shiftLocals(child, by, bound + binds));
}
