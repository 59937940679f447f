// Scopes of rules: those that hold are found by looking a value of the request up, where policies test one value against constants.
//
// `for "dev" in agent.roles` and `for agent.id == "bot"` are what policies are made of. With many of them for one action it
// is cheaper to look the agent's roles up in a table of groups than to ask every group.
import type { IrExpression } from "../../ir/ir.ts";
import { scalarKey } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import type { Blindness } from "./candidate.ts";
import type { Evaluate, Place, Test } from "./compile-expression.ts";
import { compileExpression } from "./compile-expression.ts";
import type { Frame } from "./frame.ts";
import type { OutcomeNode, OutcomeTree } from "./outcome-tree.ts";
import type { Member, RunGroup } from "./rule-group.ts";

/** The rules of an action that share a scope. */
export interface ScopeGroup {
  readonly scope: IrExpression;
  readonly holds: Test;
  /** What cannot be read of what the scope names. */
  readonly blind: Blindness | null;
  readonly members: readonly Member[];
}

/** Makes the function that tries the members of a group. */
export type GroupRunner = (members: readonly Member[], place: Place, tree: OutcomeTree) => RunGroup;

/** Fewer groups than this are asked one by one. */
const MIN_TABLE = 3;
/** Longer lists of the caller are not looked up item by item: each group asks whether it is in there. */
const MAX_LOOKUPS = 16;

/** A function that tries the rules of all groups whose scope holds. */
export function indexScopes(
  groups: readonly ScopeGroup[],
  place: Place,
  tree: OutcomeTree,
  runner: GroupRunner,
): RunGroup {
  const tables = new Map<string, { readonly key: ScopeKey; readonly entries: [Value, Entry][] }>();
  const rest: Entry[] = [];
  for (const { scope, holds, members } of groups) {
    const entry: Entry = { holds, run: runner(members, place, tree) };
    const key = keyOf(scope, place);
    if (key === undefined) {
      rest.push(entry);
      continue;
    }
    const name = JSON.stringify([key.many, key.subject]);
    const table = tables.get(name);
    if (table === undefined) tables.set(name, { key, entries: [[key.constant, entry]] });
    else table.entries.push([key.constant, entry]);
  }
  const runs: RunGroup[] = [];
  for (const { key, entries } of tables.values()) {
    const own = entries.map(([, entry]) => entry);
    if (entries.length < MIN_TABLE) rest.push(...own);
    else runs.push(lookUp(compileExpression(key.subject, place), key.many, new Map(entries), own));
  }
  if (rest.length > 0) runs.push(askEach(rest));
  const [first] = runs;
  if (first === undefined) return (_frame, node) => node;
  if (runs.length === 1) return first;
  return (frame, node) => runs.reduce((at, run) => run(frame, at), node);
}

interface Entry {
  readonly holds: Test;
  readonly run: RunGroup;
}

/** The value of the request that a scope tests against a constant: equal to it, or having it among its items. */
interface ScopeKey {
  readonly subject: IrExpression;
  readonly many: boolean;
  readonly constant: Value;
}

function keyOf(scope: IrExpression, { program }: Place): ScopeKey | undefined {
  const readable = ({ kind }: IrExpression): boolean => kind === "read";
  if (scope.kind === "member" && scope.item.kind === "const" && isItems(scope.of)) {
    return { subject: scope.of, many: true, constant: scalarKey(program.constant(scope.item)) };
  }
  if (scope.kind === "compare" && scope.op === "eq" && readable(scope.left) && scope.right.kind === "const") {
    return { subject: scope.left, many: false, constant: scalarKey(program.constant(scope.right)) };
  }
  return undefined;
}

const isItems = (node: IrExpression): boolean =>
  node.kind === "read" && (node.type.kind === "list" || node.type.kind === "set");

function askEach(entries: readonly Entry[]): RunGroup {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) {
    return (frame, node) => (only.holds(frame) ? only.run(frame, node) : node);
  }
  return (frame, node) => {
    let at = node;
    for (const { holds, run } of entries) if (holds(frame)) at = run(frame, at);
    return at;
  };
}

function lookUp(
  subject: Evaluate,
  many: boolean,
  table: ReadonlyMap<Value, Entry>,
  entries: readonly Entry[],
): RunGroup {
  if (!many) {
    return (frame, node) => {
      const entry = table.get(scalarKey(subject(frame)));
      return entry === undefined ? node : entry.run(frame, node);
    };
  }
  const each = askEach(entries);
  return (frame: Frame, node: OutcomeNode) => {
    const items = subject(frame) as readonly Value[];
    if (items.length > MAX_LOOKUPS) return each(frame, node);
    let at = node;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      const entry = table.get(scalarKey(item));
      // A list may name a role twice; its rules count once.
      if (entry !== undefined && (index === 0 || items.indexOf(item) === index)) at = entry.run(frame, at);
    }
    return at;
  };
}
