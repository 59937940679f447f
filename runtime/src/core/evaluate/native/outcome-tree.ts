// What sets of rules come to, each worked out once: a tree whose steps are the rules that count, in the order of trying.
//
// However many rules an action has, few sets of them ever match together. A decision walks from the root by one step for
// each rule that counts; where it ends, rules, obligations and fixed reason lie ready. This bought most of the distance to
// the interpreter, which sorts and prints them for every call.
import type { DecisionDocument } from "../../decision/decision.ts";
import type { Phase } from "../../request/request.ts";
import type { LinkedProgram } from "../link-program.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { outcomeOf } from "../outcome/outcome.ts";
import type { BlindCode, RuleMatch } from "../outcome/rule-match.ts";
import type { Candidate } from "./candidate.ts";
import { deepFreeze } from "./deep-freeze.ts";
import type { ReadyOutcome } from "./ready-outcome.ts";

/** Steps from one node that are kept; what comes beyond is worked out anew, so that no caller can fill the memory. */
export const MAX_NODES = 2048;

export class OutcomeNode {
  /** The first node to be grown from here, which nearly all decisions that come by go on to; the others in a map. */
  first: OutcomeNode | null = null;
  next: Map<number, OutcomeNode> | null = null;
  readonly parent: OutcomeNode | null;
  readonly step: number;
  /** Known once a decision has ended here. */
  ready: ReadyOutcome | undefined = undefined;
  /** The whole document, frozen, where nothing in it depends on the request: handed out as it is. */
  document: DecisionDocument | undefined = undefined;

  constructor(parent: OutcomeNode | null, step: number) {
    this.parent = parent;
    this.step = step;
  }
}

/** How a rule counts; a step is the index of the candidate times eight, plus this, plus one when it is only observed. */
const MATCHED = 0;
const OBSERVED = 1;
const BLIND: Readonly<Record<BlindCode, number>> = { state_unavailable: 2, fact_unavailable: 4 };
const WIDTH = 8;

/** The step for a candidate that matches (no code) or is blind. */
export const stepOf = (candidate: number, enforced: boolean, blind?: BlindCode): number =>
  candidate * WIDTH + (blind === undefined ? MATCHED : BLIND[blind]) + (enforced ? 0 : OBSERVED);

export class OutcomeTree {
  readonly root = new OutcomeNode(null, -1);
  readonly #phase: Phase;
  readonly #candidates: readonly Candidate[];
  readonly #program: LinkedProgram;
  #nodes = 0;

  constructor(phase: Phase, candidates: readonly Candidate[], program: LinkedProgram) {
    this.#phase = phase;
    this.#candidates = candidates;
    this.#program = program;
  }

  grow(node: OutcomeNode, step: number): OutcomeNode {
    const grown = new OutcomeNode(node, step);
    if (this.#nodes < MAX_NODES) {
      this.#nodes++;
      if (node.first === null) node.first = grown;
      else (node.next ??= new Map()).set(step, grown);
    }
    return grown;
  }

  /** The node of one rule alone: most calls match no more, and need not look it up. */
  alone(step: number): OutcomeNode {
    return advance(this, this.root, step);
  }

  outcomeAt(node: OutcomeNode): Outcome {
    const matches: RuleMatch[] = [];
    const enforced: RuleMatch[] = [];
    for (let at = node; at.parent !== null; at = at.parent) {
      const match = this.#matchOf(at.step);
      if (match === undefined) continue;
      matches.push(match);
      if (at.step % 2 === MATCHED) enforced.push(match);
    }
    const outcome = outcomeOf(this.#phase, matches, enforced, this.#program.ir.patterns);
    deepFreeze(outcome.verdict);
    deepFreeze(outcome.shadow);
    return outcome;
  }

  #matchOf(step: number): RuleMatch | undefined {
    const candidate = this.#candidates[Math.floor(step / WIDTH)];
    if (candidate === undefined) return undefined;
    const { rule, target, index } = candidate;
    const kind = (step % WIDTH) & ~OBSERVED;
    const blind =
      kind === MATCHED
        ? undefined
        : kind === BLIND.state_unavailable
          ? "state_unavailable"
          : "fact_unavailable";
    return { rule, target, index, outcome: blind === undefined ? "matched" : "blind", blind, waivers: [] };
  }
}

/** One step on. */
export function advance(tree: OutcomeTree, node: OutcomeNode, step: number): OutcomeNode {
  const { first, next } = node;
  return first !== null && first.step === step ? first : (next?.get(step) ?? tree.grow(node, step));
}
