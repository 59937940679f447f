// Fixes what an uncertain label counts as, by polarity: a restriction takes the upper bound of its condition, a grant the lower.
//
// A condition that is not monotone in a label (say `count x in xs: session has seen(x)` compared with another such count)
// is bounded by itself together with "some label in it is uncertain".
import { someNode, mapChildren } from "@aegis/runtime/core";
import type { IrCompare, IrExpression, IrQuantifier } from "@aegis/runtime/core";
import { anyOf, both, either, FALSE, negate } from "./build.ts";

/** `upper`: true wherever some resolution of the uncertain labels makes it true; `lower`: only where every one does. */
export type Bound = "upper" | "lower";

export const opposite = (bound: Bound): Bound => (bound === "upper" ? "lower" : "upper");

export const hasLabel = (node: IrExpression): boolean => someNode(node, (each) => each.kind === "label");

/** Sets `maybe` in every label of a condition for the given bound. */
export function resolveMaybe(node: IrExpression, bound: Bound): IrExpression {
  if (!hasLabel(node)) return node;
  switch (node.kind) {
    case "label":
      return node.key.some(hasLabel) ? uncertainAtom(node, bound) : { ...node, maybe: bound === "upper" };
    case "not":
      return { kind: "not", of: resolveMaybe(node.of, opposite(bound)) };
    case "and":
      return { kind: "and", all: node.all.map((each) => resolveMaybe(each, bound)) };
    case "or":
      return { kind: "or", any: node.any.map((each) => resolveMaybe(each, bound)) };
    case "if": {
      if (!hasLabel(node.condition))
        return {
          ...node,
          then: resolveMaybe(node.then, bound),
          else: resolveMaybe(node.else, bound),
        };
      const parts = either(both(node.condition, node.then), both(negate(node.condition), node.else));
      return resolveMaybe(parts, bound);
    }
    case "else":
      return hasLabel(node.of)
        ? uncertainAtom(node, bound)
        : { ...node, fallback: resolveMaybe(node.fallback, bound) };
    case "quantifier":
      return hasLabel(node.over) || node.op === "count"
        ? uncertainAtom(node, bound)
        : { ...node, body: resolveMaybe(node.body, bound) };
    case "compare":
      return resolveCompare(node, bound);
    default:
      return uncertainAtom(node, bound);
  }
}

/** For values that are no conditions, where no bound is asked for: uncertain counts as set. */
export function assumeSet(node: IrExpression): IrExpression {
  const mapped = mapChildren(node, assumeSet);
  return mapped.kind === "label" ? { ...mapped, maybe: true } : mapped;
}

function resolveCompare(node: IrCompare, bound: Bound): IrExpression {
  const { left, right, op } = node;
  if ((op === "eq" || op === "ne") && (isCondition(left) || isCondition(right))) {
    const equal = either(both(left, right), both(negate(left), negate(right)));
    return resolveMaybe(op === "eq" ? equal : negate(equal), bound);
  }
  if (isMonotoneCount(left) && !hasLabel(right)) return resolveCount(left, node, bound);
  const mirrored = MIRRORED[op];
  if (isMonotoneCount(right) && !hasLabel(left))
    return resolveCount(right, { ...node, op: mirrored, left: right, right: left }, bound);
  return uncertainAtom(node, bound);
}

const MIRRORED: Readonly<Record<IrCompare["op"], IrCompare["op"]>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
};

/** A count on the left, nothing uncertain on the right: more elements that count make `>` truer and `<` less true. */
function resolveCount(count: IrQuantifier, node: IrCompare, bound: Bound): IrExpression {
  const counted = (within: Bound): IrExpression => ({ ...count, body: resolveMaybe(count.body, within) });
  const compare = (op: IrCompare["op"], within: Bound): IrExpression => ({
    ...node,
    op,
    left: counted(within),
  });
  switch (node.op) {
    case "gt":
    case "ge":
      return compare(node.op, bound);
    case "lt":
    case "le":
      return compare(node.op, opposite(bound));
    case "eq":
      return both(compare("ge", bound), compare("le", opposite(bound)));
    case "ne":
      return either(compare("gt", bound), compare("lt", opposite(bound)));
  }
}

const isMonotoneCount = (node: IrExpression): node is IrQuantifier =>
  node.kind === "quantifier" && node.op === "count" && !hasLabel(node.over) && hasLabel(node.body);

/** A boolean that reads a label: whatever has one below it and gives a bool. */
function isCondition(node: IrExpression): boolean {
  if (!hasLabel(node)) return false;
  switch (node.kind) {
    case "label":
    case "not":
    case "and":
    case "or":
    case "compare":
    case "member":
    case "present":
    case "matches":
      return true;
    case "quantifier":
      return node.op !== "count";
    case "if":
      return isCondition(node.then) || isCondition(node.else);
    case "else":
      return isCondition(node.fallback);
    default:
      return false;
  }
}

function uncertainAtom(node: IrExpression, bound: Bound): IrExpression {
  const doubt = uncertainty(node);
  return bound === "upper" ? either(assumeSet(node), doubt) : both(assumeSet(node), negate(doubt));
}

/** True where some label that the expression may look at is uncertain. */
function uncertainty(node: IrExpression): IrExpression {
  if (!hasLabel(node)) return FALSE;
  if (node.kind === "quantifier") {
    const body = uncertainty(node.body);
    const inBody = body === FALSE ? FALSE : anyOf(assumeSet(node.over), body);
    return either(uncertainty(node.over), inBody);
  }
  const below: IrExpression[] = [];
  mapChildren(node, (child) => {
    below.push(uncertainty(child));
    return child;
  });
  if (node.kind === "label") {
    const key = node.key.map(assumeSet);
    below.push(both({ ...node, key, maybe: true }, negate({ ...node, key, maybe: false })));
  }
  return either(...below);
}
