// A rule where it targets an action, ready to be tried.
import type { IrReads, IrRule, IrWaiver } from "../../ir/ir.ts";
import type { Aim } from "../../ir/rule-source.ts";
import type { BlindCode } from "../outcome/rule-match.ts";
import type { Evaluate, Place, Test } from "./compile-expression.ts";
import { compileExpression, compileTest, compileTestLater, slotOf } from "./compile-expression.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";

export interface Candidate extends Aim {
  readonly when: Test;
  /** What cannot be read of all that the rule names; null when it names nothing that may be unreadable. */
  readonly blind: Blindness | null;
  /** False for a shadow rule that is only observed at the time of the request. */
  readonly enforced: true | false | Test;
  readonly waivers: readonly { readonly waiver: IrWaiver; readonly holds: Test }[];
}

export type Blindness = (frame: Frame) => BlindCode | undefined;

export function candidateOf({ rule, target, index }: Aim, place: Place): Candidate {
  return {
    rule,
    target,
    index,
    when: compileTestLater(target.when, place),
    blind: compileBlindness(target.reads, place),
    enforced: compileEnforced(rule, place),
    waivers: rule.waivers.map((waiver) => ({ waiver, holds: compileWaiver(waiver, index, place) })),
  };
}

/** The code for the first thing that cannot be read, state before facts and context. */
export function compileBlindness(reads: IrReads, place: Place): Blindness | null {
  const { labels, counters, facts } = reads;
  const slots = reads.context.map((name) => slotOf("context", name, place));
  if (labels.length + counters.length + facts.length + slots.length === 0) return null;
  return (frame) => {
    for (const cell of labels) if (frame.labels[cell] === undefined) return "state_unavailable";
    for (const cell of counters) if (frame.counters[cell] === undefined) return "state_unavailable";
    for (const { path, fact } of facts)
      if (frame.facts.get(path)?.has(fact) !== true) return "fact_unavailable";
    for (const slot of slots) if (frame.context[slot] === undefined) return "fact_unavailable";
    return undefined;
  };
}

const timeOf = (place: Place): Evaluate =>
  compileExpression({ kind: "read", root: "context", path: ["time"], type: { kind: "time" } }, place);

function compileEnforced({ shadow }: IrRule, place: Place): Candidate["enforced"] {
  if (shadow === undefined) return true;
  const { until } = shadow;
  if (until === undefined) return false;
  const time = timeOf(place);
  return (frame) => {
    const now = time(frame);
    return typeof now !== "number" || now >= until;
  };
}

/** An exception holds when its date is known to lie ahead, all that it names can be read, and its condition is true. */
function compileWaiver({ until, when, reads }: IrWaiver, index: number, place: Place): Test {
  const condition = when[index];
  const needed = reads[index];
  if (condition === undefined || needed === undefined) return () => false;
  const time = timeOf(place);
  const blind = compileBlindness(needed, place);
  const holds = compileTest(place.program.expression(condition), place);
  return (frame) => {
    const now = time(frame);
    return typeof now === "number" && now < until && blind?.(frame) === undefined && holds(frame);
  };
}
