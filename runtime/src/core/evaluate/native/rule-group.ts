// Rules of one scope: tried one after the other, by closures or, once they are tried often, by generated code.
import type { Candidate } from "./candidate.ts";
import type { Place, Test } from "./compile-expression.ts";
import type { Frame } from "./frame.ts";
import type { OutcomeNode, OutcomeTree } from "./outcome-tree.ts";
import { advance, stepOf } from "./outcome-tree.ts";

/** Tries the rules of a group whose scope holds, all that they name being readable. */
export type RunGroup = (frame: Frame, node: OutcomeNode) => OutcomeNode;

export interface Member {
  readonly candidate: Candidate;
  /** Index among all candidates of the action. */
  readonly at: number;
}

/** By closures. */
export function runByClosures(members: readonly Member[], _place: Place, tree: OutcomeTree): RunGroup {
  const tests: readonly Test[] = members.map(({ candidate }) => candidate.when);
  const steps = members.map(stepFor);
  return (frame, node) => {
    let at = node;
    for (let index = 0; index < tests.length; index++) {
      if (tests[index]?.(frame) !== true) continue;
      const step = steps[index];
      if (step !== undefined) at = advance(tree, at, typeof step === "number" ? step : step(frame));
    }
    return at;
  };
}

/** The step of a member that matches: fixed, but for shadow rules with a date. */
export function stepFor({ candidate: { enforced }, at }: Member): number | ((frame: Frame) => number) {
  return typeof enforced === "function" ? (frame) => stepOf(at, enforced(frame)) : stepOf(at, enforced);
}
