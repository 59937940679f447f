// All rules of one action in one phase, arranged so that a decision looks at as few of them as it can.
import type { IrReads, IrRule } from "../../ir/ir.ts";
import { outcomeOf } from "../outcome/outcome.ts";
import type { RuleMatch } from "../outcome/rule-match.ts";
import type { Arrangement, Member, ScopeGroup } from "./arrangement.ts";
import { arrange, groupByScope } from "./arrangement.ts";
import type { Aim, Blindness, Candidate } from "./candidate.ts";
import { candidateOf, compileBlindness } from "./candidate.ts";
import type { Place } from "./compile-expression.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";
import type { OutcomeNode } from "./outcome-tree.ts";
import { OutcomeTree, advance, stepOf } from "./outcome-tree.ts";
import type { ReadyOutcome } from "./ready-outcome.ts";
import { readyOutcome } from "./ready-outcome.ts";
import type { RunRules } from "./run-closures.ts";
import { runByClosures } from "./run-closures.ts";

/** What an action's rules come to for a request. */
export type ActionPlan = (frame: Frame) => ReadyOutcome;

/** How rules that are tried more than `after` times become code. Given in, so that what never does holds no such code. */
export interface Promotion {
  readonly after: number;
  /** Undefined where the host forbids code from text. */
  readonly generate: (arrangement: Arrangement, place: Place, tree: OutcomeTree) => RunRules | undefined;
}

/** Tried by closures, and by generated code once they are tried often. */
class Rules {
  run: RunRules;

  constructor(arrangement: Arrangement, place: Place, tree: OutcomeTree, promotion: Promotion | null) {
    const closures = runByClosures(arrangement, place, tree);
    this.run = closures;
    if (promotion === null) return;
    let tries = 0;
    this.run = (frame, node) => {
      tries++;
      if (tries > promotion.after) this.run = promotion.generate(arrangement, place, tree) ?? closures;
      return closures(frame, node);
    };
  }
}

/** `aims` are those of the action that `place` names. */
export function planAction(
  aims: readonly Aim[],
  place: Place,
  phase: IrRule["phase"],
  promotion: Promotion | null,
): ActionPlan {
  const { program } = place;
  const candidates = aims.filter(({ rule }) => rule.phase === phase).map((aim) => candidateOf(aim, place));
  const tree = new OutcomeTree(phase, candidates, program);
  const groups = groupByScope(candidates, place);
  const rules = new Rules(arrange(groups, place), place, tree, promotion);
  const blind = compileBlindness(unionOf(candidates), place);
  const waivable = candidates.some(({ waivers }) => waivers.length > 0);

  const at = (node: OutcomeNode): ReadyOutcome => (node.ready ??= readyOutcome(tree.outcomeAt(node), place));
  if (waivable) {
    return (frame) => {
      const matches = matchesWithWaivers(groups, frame);
      const enforced = matches.filter(({ candidate }) => isEnforced(candidate, frame));
      const outcome = outcomeOf(
        phase,
        matches.map(({ match }) => match),
        enforced.map(({ match }) => match),
        program.ir.patterns,
      );
      return readyOutcome(outcome, place);
    };
  }
  if (blind === null) return (frame) => at(rules.run(frame, tree.root));
  return (frame) =>
    at(blind(frame) === undefined ? rules.run(frame, tree.root) : tryBlindly(groups, frame, tree));
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
