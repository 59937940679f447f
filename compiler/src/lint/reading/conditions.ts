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

/** Everything that a rule reads to decide, in one group of actions: `for`, `when`, `unless`, bodies of functions included. */
export function* readingsOf(rule: CheckedRule, group: CheckedGroup): Generator<Reading> {
  const { effect, when, unless } = rule.declaration;
  const holds: Truth = effect === "allow" ? "widens" : "narrows";
  for (const scope of rule.scopes) yield* read(scope, group.types, holds);
  if (when !== null) yield* read(when, group.types, holds);
  if (unless !== null) yield* read(unless, group.types, opposite(holds));
}

const opposite = (truth: Truth): Truth =>
  truth === "unknown" ? truth : truth === "widens" ? "narrows" : "widens";

function* read(node: Expression, types: ExpressionTypes, truth: Truth): Generator<Reading> {
  yield { node, types, truth };
  if (node.kind === "unary" && node.op === "not") yield* read(node.of, types, opposite(truth));
  else if (node.kind === "binary" && (node.op === "and" || node.op === "or"))
    for (const side of [node.left, node.right]) yield* read(side, types, truth);
  else if (node.kind === "quantifier" && node.op !== "count") {
    yield* read(node.over, types, "unknown");
    yield* read(node.body, types, truth);
  } else if (node.kind === "if") {
    yield* read(node.condition, types, "unknown");
    for (const branch of [node.then, node.else]) yield* read(branch, types, truth);
  } else {
    for (const child of childrenOf(node)) yield* read(child, types, "unknown");
    const meaning = types.get(node)?.meaning;
    if (meaning?.kind === "function") yield* read(meaning.function.body, meaning.function.types, truth);
  }
}

/** The path of an argument that an expression is, such as `["headers"]` for `args.headers`; null for anything else. */
export function argumentOf(node: Expression, types: ExpressionTypes): readonly string[] | null {
  const inner = node.kind === "where-present" ? node.of : node;
  const meaning = types.get(inner)?.meaning;
  return meaning?.kind === "path" && meaning.root === "args" ? meaning.path : null;
}

/** The first steps of all arguments that a rule looks at in a group; null: it may look at every one. */
export function argumentsRead(rule: CheckedRule, group: CheckedGroup): ReadonlySet<string> | null {
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
