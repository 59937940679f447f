// The rules of an action tried by closures: the way that works everywhere.
import { scalarKey } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import type { Arrangement, Member, ScopeGroup, ScopeTable } from "./arrangement.ts";
import { distinct } from "./arrangement.ts";
import type { Place, Test } from "./compile-expression.ts";
import { compileExpression } from "./compile-expression.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";
import type { OutcomeNode, OutcomeTree } from "./outcome-tree.ts";
import { advance, stepOf } from "./outcome-tree.ts";

/** Tries all rules of an action, all that they name being readable; walks on from the node. */
export type RunRules = (frame: Frame, node: OutcomeNode) => OutcomeNode;

export function runByClosures({ tables, rest }: Arrangement, place: Place, tree: OutcomeTree): RunRules {
  const runs = [...tables.map((table) => lookUp(table, place, tree))];
  if (rest.length > 0) runs.push(askEach(rest, tree));
  const [first] = runs;
  if (first === undefined) return (_frame, node) => node;
  if (runs.length === 1) return first;
  return (frame, node) => {
    let at = node;
    for (const run of runs) at = run(frame, at);
    return at;
  };
}

/** The step of a member that matches: fixed, but for shadow rules with a date. */
export function stepFor({ candidate: { enforced }, at }: Member): number | ((frame: Frame) => number) {
  return typeof enforced === "function" ? (frame) => stepOf(at, enforced(frame)) : stepOf(at, enforced);
}

function runGroup({ members }: ScopeGroup, tree: OutcomeTree): RunRules {
  const tests: readonly Test[] = members.map(({ candidate }) => candidate.when);
  const steps = members.map(stepFor);
  const { root } = tree;
  const alone = steps.map((step) => (typeof step === "number" ? tree.alone(step) : undefined));
  return (frame, node) => {
    let at = node;
    for (let index = 0; index < tests.length; index++) {
      if (tests[index]?.(frame) !== true) continue;
      const first = at === root ? alone[index] : undefined;
      const step = steps[index];
      if (first !== undefined) at = first;
      else if (step !== undefined) at = advance(tree, at, typeof step === "number" ? step : step(frame));
    }
    return at;
  };
}

function askEach(groups: readonly ScopeGroup[], tree: OutcomeTree): RunRules {
  const entries = groups.map((group) => ({ holds: group.holds, run: runGroup(group, tree) }));
  return (frame, node) => {
    let at = node;
    for (const { holds, run } of entries) if (holds(frame)) at = run(frame, at);
    return at;
  };
}

function lookUp({ subject, many, groups }: ScopeTable, place: Place, tree: OutcomeTree): RunRules {
  const read = compileExpression(subject, place);
  const table = new Map([...groups].map(([constant, group]) => [constant, runGroup(group, tree)]));
  if (!many) {
    return (frame, node) => table.get(scalarKey(read(frame)))?.(frame, node) ?? node;
  }
  return (frame, node) => {
    let at = node;
    for (const item of distinct(read(frame) as readonly Value[])) {
      const run = table.get(scalarKey(item));
      if (run !== undefined) at = run(frame, at);
    }
    return at;
  };
}
