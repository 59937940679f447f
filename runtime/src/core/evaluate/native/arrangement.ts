// The rules of an action arranged by scope: those whose scope tests one value of the request against a constant stand in a
// table under that constant.
//
// `for "dev" in agent.roles` and `for agent.id == "bot"` are what policies are made of. With many of them for one action it
// is cheaper to look the agent's roles up in a table than to ask every scope.
import type { ExpressionIndex, IrExpression } from "../../ir/ir.ts";
import { scalarKey } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import type { Blindness, Candidate } from "./candidate.ts";
import { compileBlindness } from "./candidate.ts";
import type { Place, Test } from "./compile-expression.ts";
import { compileTestLater } from "./compile-expression.ts";

/** The rules of an action that share a scope. */
export interface ScopeGroup {
  readonly scope: IrExpression;
  readonly holds: Test;
  /** What cannot be read of what the scope names. */
  readonly blind: Blindness | null;
  readonly members: readonly Member[];
}

export interface Member {
  readonly candidate: Candidate;
  /** Index among all candidates of the action. */
  readonly at: number;
}

export interface ScopeTable {
  /** The value that is looked up; or each of its items, where there are many. */
  readonly subject: IrExpression;
  readonly many: boolean;
  readonly groups: ReadonlyMap<Value, ScopeGroup>;
}

export interface Arrangement {
  readonly tables: readonly ScopeTable[];
  /** Groups that are asked one by one. */
  readonly rest: readonly ScopeGroup[];
}

/** Fewer groups than this are asked one by one. */
const MIN_TABLE = 3;

export function groupByScope(candidates: readonly Candidate[], place: Place): readonly ScopeGroup[] {
  const groups = new Map<ExpressionIndex, Member[]>();
  for (const [at, candidate] of candidates.entries()) {
    const { scope } = candidate.target;
    const members = groups.get(scope);
    if (members === undefined) groups.set(scope, [{ candidate, at }]);
    else members.push({ candidate, at });
  }
  return [...groups].map(([index, members]) => {
    const scope = place.program.expression(index);
    return {
      scope,
      holds: compileTestLater(index, place),
      blind: compileBlindness(place.program.reads(index), place),
      members,
    };
  });
}

export function arrange(groups: readonly ScopeGroup[], place: Place): Arrangement {
  const tables = new Map<string, { readonly key: ScopeKey; readonly groups: Map<Value, ScopeGroup> }>();
  const rest: ScopeGroup[] = [];
  for (const group of groups) {
    const key = keyOf(group.scope, place);
    const name = key === undefined ? "" : JSON.stringify([key.many, key.subject]);
    const table = tables.get(name);
    if (key === undefined || table?.groups.has(key.constant) === true) rest.push(group);
    else if (table === undefined) tables.set(name, { key, groups: new Map([[key.constant, group]]) });
    else table.groups.set(key.constant, group);
  }
  const all = [...tables.values()];
  const small = all.filter((table) => table.groups.size < MIN_TABLE);
  return {
    tables: all
      .filter((table) => table.groups.size >= MIN_TABLE)
      .map((table) => ({ subject: table.key.subject, many: table.key.many, groups: table.groups })),
    rest: [...small.flatMap((table) => [...table.groups.values()]), ...rest],
  };
}

/** What a scope tests: equal to the constant, or having it among its items. */
interface ScopeKey {
  readonly subject: IrExpression;
  readonly many: boolean;
  readonly constant: Value;
}

function keyOf(scope: IrExpression, { program }: Place): ScopeKey | undefined {
  if (scope.kind === "member" && scope.item.kind === "const" && isItems(scope.of)) {
    return { subject: scope.of, many: true, constant: scalarKey(program.constant(scope.item)) };
  }
  if (scope.kind !== "compare" || scope.op !== "eq") return undefined;
  return scope.left.kind === "read" && scope.right.kind === "const"
    ? { subject: scope.left, many: false, constant: scalarKey(program.constant(scope.right)) }
    : undefined;
}

const isItems = (node: IrExpression): boolean =>
  node.kind === "read" && (node.type.kind === "list" || node.type.kind === "set");

/** A list may name a role twice; its rules count once. Linear. */
export function distinct(items: readonly Value[]): readonly Value[] {
  if (items.length < 2) return items;
  if (items.length === 2) return items[0] === items[1] ? items.slice(0, 1) : items;
  return [...new Map(items.map((item) => [scalarKey(item), item])).values()];
}
