// Walks the conditions of rules: every expression, with what is known of it and what its truth does to calls.
import { walkExpression, childrenOf } from "../../syntax/expression-children.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckedGroup, CheckedRule, ExpressionTypes } from "../../checker/checked-program.ts";

/** What the truth of an expression does: lets more calls through, fewer, or (inside a comparison, say) neither surely. */
export type Truth = "widens" | "narrows" | "unknown";

export interface Reading {
  readonly node: Expression;
  readonly types: ExpressionTypes;
  readonly truth: Truth;
}

const readings = new WeakMap<CheckedGroup, readonly Reading[]>();

/**
 * Everything that a rule reads to decide, in one group of actions: `for`, `when`, `unless`, bodies of functions included.
 * Walked once: most lint rules ask, and an editor asks again for rules that have not changed.
 */
export function readingsOf(rule: CheckedRule, group: CheckedGroup): readonly Reading[] {
  const known = readings.get(group);
  if (known !== undefined) return known;
  const found: Reading[] = [];
  const { effect, when, unless } = rule.declaration;
  const holds: Truth = effect === "allow" ? "widens" : "narrows";
  for (const { expression, types } of rule.scopes) read(expression, types, holds, found);
  if (when !== null) read(when, group.types, holds, found);
  if (unless !== null) read(unless, group.types, opposite(holds), found);
  readings.set(group, found);
  return found;
}

const opposite = (truth: Truth): Truth =>
  truth === "unknown" ? truth : truth === "widens" ? "narrows" : "widens";

function read(node: Expression, types: ExpressionTypes, truth: Truth, found: Reading[]): void {
  found.push({ node, types, truth });
  if (node.kind === "unary" && node.op === "not") read(node.of, types, opposite(truth), found);
  else if (node.kind === "binary" && (node.op === "and" || node.op === "or"))
    for (const side of [node.left, node.right]) read(side, types, truth, found);
  else if (node.kind === "quantifier" && node.op !== "count") {
    read(node.over, types, "unknown", found);
    read(node.body, types, truth, found);
  } else if (node.kind === "if") {
    read(node.condition, types, "unknown", found);
    for (const branch of [node.then, node.else]) read(branch, types, truth, found);
  } else {
    for (const child of childrenOf(node)) read(child, types, "unknown", found);
    const meaning = types.get(node)?.meaning;
    if (meaning?.kind === "function") read(meaning.function.body, meaning.function.types, truth, found);
  }
}

/** The path of an argument that an expression is, such as `["headers"]` for `args.headers`; null for anything else. */
export function argumentOf(node: Expression, types: ExpressionTypes): readonly string[] | null {
  const inner = node.kind === "where-present" ? node.of : node;
  const meaning = types.get(inner)?.meaning;
  return meaning?.kind === "path" && meaning.root === "args" ? meaning.path : null;
}

const namesRead = new WeakMap<CheckedGroup, ReadonlySet<string> | null>();

/** The first steps of all arguments that a rule looks at in a group; null: it may look at every one. */
export function argumentsRead(rule: CheckedRule, group: CheckedGroup): ReadonlySet<string> | null {
  const known = namesRead.get(group);
  if (known !== undefined) return known;
  const names = collectArguments(rule, group);
  namesRead.set(group, names);
  return names;
}

function collectArguments(rule: CheckedRule, group: CheckedGroup): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const { node, types } of readingsOf(rule, group)) {
    const meaning = types.get(node)?.meaning;
    if (meaning?.kind === "gather")
      for (const place of meaning.places) if (typeof place.path[0] === "string") names.add(place.path[0]);
    if (node.kind === "binary" && node.op === "matches" && argumentOf(node.left, types)?.length === 0)
      return null;
    const [first] = argumentOf(node, types) ?? [];
    if (first !== undefined) names.add(first);
  }
  return names;
}

/** The labels that an expression asks for. */
export function* labelsIn(node: Expression, types: ExpressionTypes): Generator<string> {
  for (const each of walkExpression(node)) {
    const meaning = types.get(each)?.meaning;
    if (meaning?.kind === "label") yield meaning.label.id;
  }
}
