// All rules of one action in one phase, arranged so that a decision looks at as few of them as it can.
import type { DecisionDocument, Obligation } from "../../decision/decision.ts";
import type { IrReads } from "../../ir/ir.ts";
import type { Aim } from "../../ir/rule-source.ts";
import { outcomeOf } from "../outcome/outcome.ts";
import type { Phase } from "../../request/request.ts";
import type { RuleMatch } from "../outcome/rule-match.ts";
import type { Arrangement, Member, ScopeGroup } from "./arrangement.ts";
import { arrange, groupByScope } from "./arrangement.ts";
import type { Blindness, Candidate } from "./candidate.ts";
import { candidateOf, compileBlindness } from "./candidate.ts";
import type { Place } from "./compile-expression.ts";
import type { Reserve } from "./compile-reservations.ts";
import { compileReservations } from "./compile-reservations.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";
import type { OutcomeNode } from "./outcome-tree.ts";
import { OutcomeTree, advance, stepOf } from "./outcome-tree.ts";
import type { ReadyOutcome } from "./ready-outcome.ts";
import { documentFor, readyOutcome } from "./ready-outcome.ts";
import type { Code, RunRules } from "./flat-rules.ts";
import { flatCode, runCode } from "./flat-rules.ts";

/** How rules that are tried more than `after` times become code. Given in, so that what never does holds no such code. */
export interface Promotion {
  readonly after: number;
  /**
   * Actions of an engine that may get code, the first that are tried so often. V8 makes a few such functions faster than
   * anything else; many of them push each other out of its caches, and are slower than the loop that all share.
   */
  readonly most: number;
  /**
   * And only those that take at least one in so many of the tries: with calls spread over more actions, code is pushed out of
   * the processor's caches between two tries, and the loop is faster.
   */
  readonly share: number;
  /** Undefined where the host forbids code from text. */
  readonly generate: (arrangement: Arrangement, place: Place, tree: OutcomeTree) => RunRules | undefined;
}

/** What is left of it for the actions of one engine. */
export interface PromotionBudget extends Promotion {
  left: number;
  /** Tries of actions without code, all together. */
  tries: number;
}

const NONE: readonly Obligation[] = [];

/** What an action's rules of one phase come to for a request. One shape for all actions, so that V8 inlines all of it. */
export class ActionPlan {
  readonly #phase: Phase;
  readonly #place: Place;
  readonly #tree: OutcomeTree;
  readonly #groups: readonly ScopeGroup[];
  readonly #code: Code;
  readonly #blind: Blindness | null;
  readonly #waivable: boolean;
  readonly #reserve: Reserve | null;
  readonly #arrangement: Arrangement;
  #promotion: PromotionBudget | null;
  #generated: RunRules | null = null;
  #tries = 0;
  /** More tries than this, and it is looked at whether code would pay. */
  #due: number;

  /** `aims` are those of the action that `place` names. */
  constructor(aims: readonly Aim[], place: Place, phase: Phase, promotion: PromotionBudget | null) {
    const candidates = aims.filter(({ rule }) => rule.phase === phase).map((aim) => candidateOf(aim, place));
    const groups = groupByScope(candidates, place);
    this.#phase = phase;
    this.#place = place;
    this.#tree = new OutcomeTree(phase, candidates, place.program);
    this.#groups = groups;
    this.#arrangement = arrange(groups, place);
    this.#code = flatCode(this.#arrangement, place, this.#tree);
    this.#blind = compileBlindness(unionOf(candidates), place);
    this.#waivable = candidates.some(({ waivers }) => waivers.length > 0);
    this.#reserve = phase === "call" ? compileReservations(place) : null;
    this.#promotion = promotion;
    this.#due = promotion?.after ?? 0;
  }

  decide(frame: Frame): DecisionDocument {
    const reserve = this.#reserve;
    if (this.#waivable) return documentFor(this.#runWithWaivers(frame), frame, reserve?.(frame) ?? NONE);
    const readable = this.#blind === null || this.#blind(frame) === undefined;
    const node = readable ? this.#tryRules(frame) : tryBlindly(this.#groups, frame, this.#tree);
    if (reserve === null && node.document !== undefined) return node.document;
    const ready = (node.ready ??= readyOutcome(this.#tree.outcomeAt(node), this.#place));
    const document = documentFor(ready, frame, reserve?.(frame) ?? NONE);
    if (reserve === null && typeof ready.reason === "string") node.document = Object.freeze(document);
    return document;
  }

  #tryRules(frame: Frame): OutcomeNode {
    const { root } = this.#tree;
    if (this.#generated !== null) return this.#generated(frame, root);
    if (this.#promotion !== null) this.#count(this.#promotion);
    return runCode(this.#code, frame, this.#tree, root);
  }

  #count(budget: PromotionBudget): void {
    budget.tries++;
    if (++this.#tries <= this.#due) return;
    this.#due = this.#tries * 2;
    if (this.#tries * budget.share >= budget.tries) this.#promote(budget);
  }

  #promote(budget: PromotionBudget): void {
    this.#promotion = null;
    if (budget.left <= 0) return;
    budget.left--;
    this.#generated = budget.generate(this.#arrangement, this.#place, this.#tree) ?? null;
  }

  #runWithWaivers(frame: Frame): ReadyOutcome {
    const matches = matchesWithWaivers(this.#groups, frame);
    const enforced = matches.filter(({ candidate }) => isEnforced(candidate, frame));
    const outcome = outcomeOf(
      this.#phase,
      matches.map(({ match }) => match),
      enforced.map(({ match }) => match),
      this.#place.program.ir.patterns,
    );
    return readyOutcome(outcome, this.#place);
  }
}

function unionOf(candidates: readonly Candidate[]): IrReads {
  const all = candidates.map(({ target }) => target.reads);
  const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
  return {
    labels: unique(all.flatMap(({ labels }) => labels)),
    counters: unique(all.flatMap(({ counters }) => counters)),
    facts: all.flatMap(({ facts }) => facts),
    context: unique(all.flatMap(({ context }) => context)),
  };
}

const isEnforced = ({ enforced }: Candidate, frame: Frame): boolean =>
  typeof enforced === "function" ? enforced(frame) : enforced;

/** Members whose rule counts, one by one, when something that some rule names is unreadable. */
function* counting(
  groups: readonly ScopeGroup[],
  frame: Frame,
): Generator<{ readonly member: Member; readonly code: ReturnType<Blindness> }> {
  for (const { holds, blind, members } of groups) {
    if (blind?.(frame) === undefined && !holds(frame)) continue;
    for (const member of members) {
      const code = member.candidate.blind?.(frame);
      if (code !== undefined || member.candidate.when(frame)) yield { member, code };
    }
  }
}

function tryBlindly(groups: readonly ScopeGroup[], frame: Frame, tree: OutcomeTree): OutcomeNode {
  let node = tree.root;
  for (const { member, code } of counting(groups, frame)) {
    node = advance(tree, node, stepOf(member.at, isEnforced(member.candidate, frame), code));
  }
  return node;
}

function matchesWithWaivers(
  groups: readonly ScopeGroup[],
  frame: Frame,
): readonly { readonly match: RuleMatch; readonly candidate: Candidate }[] {
  return [...counting(groups, frame)].map(({ member: { candidate }, code: blind }) => {
    const { rule, target, index } = candidate;
    const waivers = candidate.waivers
      .filter(({ holds }) => holds(frame))
      .map(({ waiver: { id, until } }) => ({ id, until }));
    const outcome = waivers.length > 0 ? "waived" : blind === undefined ? "matched" : "blind";
    return { match: { rule, target, index, outcome, blind, waivers }, candidate };
  });
}
