// Whether conditions can hold together, by constants and intervals: "no" is certain, "yes" is not.
import type { Expression } from "../../syntax/expression.ts";
import type { ExpressionTypes } from "../checked-program.ts";
import type { Comparison, Domain } from "./domain.ts";
import { domainOf, exclude, restrict, restrictTo } from "./domain.ts";
import { expressionKey } from "./expression-key.ts";
import type { Place } from "./place-conditions.ts";
import { comparisonOf, membershipOf, placeOf } from "./place-conditions.ts";

/** A condition and whether it is to hold or to fail. */
export interface Literal {
  readonly node: Expression;
  readonly types: ExpressionTypes;
  readonly holds: boolean;
}

/** Branches looked at before giving up, which counts as satisfiable. */
const BUDGET = 2000;

/** False when the literals contradict each other, or one of them itself. */
export function satisfiable(literals: readonly Literal[]): boolean {
  return search({ literals, choices: [], domains: new Map(), truths: new Map() }, { left: BUDGET });
}

type Domains = Map<string, Domain>;

interface Search {
  readonly literals: readonly Literal[];
  /** Of each, one must hold. */
  readonly choices: readonly (readonly Literal[])[];
  readonly domains: ReadonlyMap<string, Domain>;
  /** What other conditions come to, by their text. */
  readonly truths: ReadonlyMap<string, boolean>;
}

function search(from: Search, budget: { left: number }): boolean {
  if (--budget.left < 0) return true;
  const open = [...from.literals];
  const choices = [...from.choices];
  const domains: Domains = new Map(from.domains);
  const truths = new Map(from.truths);
  for (let literal = open.pop(); literal !== undefined; literal = open.pop()) {
    const { node, types, holds } = literal;
    const info = types.get(node);
    if (typeof info?.constant === "boolean") {
      if (info.constant !== holds) return false;
      continue;
    }
    if (info?.guards === undefined) {
      if (node.kind === "unary" && node.op === "not") {
        open.push({ node: node.of, types, holds: !holds });
        continue;
      }
      if (node.kind === "binary" && (node.op === "and" || node.op === "or")) {
        const sides = [node.left, node.right].map((each): Literal => ({ node: each, types, holds }));
        if ((node.op === "and") === holds) open.push(...sides);
        else choices.push(sides);
        continue;
      }
    }
    if (!apply(literal, domains)) return false;
    const key = expressionKey(node, types);
    // An uncertain label may count as set and as unset in one condition.
    if (key === null || key.includes("has ")) continue;
    const before = truths.get(key);
    if (before !== undefined && before !== holds) return false;
    truths.set(key, holds);
  }
  const choice = choices.pop();
  if (choice === undefined) return true;
  return choice.some((side) => search({ literals: [side], choices, domains, truths }, budget));
}

/** Narrows the domains by what the literal says of them; false when it cannot hold. */
function apply(literal: Literal, domains: Domains): boolean {
  const { node, types } = literal;
  // A guard makes the comparison false where something is absent: when it fails, nothing is known.
  if (types.get(node)?.guards !== undefined && !literal.holds) return true;
  const place = placeOf(node, types);
  if (place !== null && types.get(node)?.type.kind === "bool")
    return narrow(domains, place, types, (domain) => restrict(domain, "==", literal.holds));
  if (node.kind !== "binary") return true;
  const comparison = comparisonOf(node, types);
  if (comparison !== null) {
    const op = literal.holds ? comparison.op : OPPOSITE[comparison.op];
    return narrow(domains, comparison.place, types, (domain) => restrict(domain, op, comparison.value));
  }
  const membership = membershipOf(node, types);
  if (membership === null) return true;
  const inside = (node.op === "in") === literal.holds;
  return narrow(domains, membership.place, types, (domain) =>
    inside ? restrictTo(domain, new Set(membership.values)) : exclude(domain, membership.values),
  );
}

function narrow(
  domains: Domains,
  { node, type }: Place,
  types: ExpressionTypes,
  change: (domain: Domain) => Domain | undefined,
): boolean {
  const key = expressionKey(node, types);
  if (key === null) return true;
  const changed = change(domains.get(key) ?? domainOf(type));
  if (changed === undefined) return false;
  domains.set(key, changed);
  return true;
}

const OPPOSITE: { readonly [Op in Comparison]: Comparison } = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
