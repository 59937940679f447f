// An outcome made ready to be handed out: what is left to do for a request is to print the values in its reason.
import type { DecisionDocument, Obligation, Verdict } from "../../decision/decision.ts";
import type { IrReasonPart } from "../../ir/ir.ts";
import { NO_READS, readsOf } from "../../ir/reads-of.ts";
import { typeOf } from "../../ir/type-of.ts";
import { STRING } from "../../types/type.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { documentOf } from "../outcome/outcome.ts";
import { overlaps, printReason } from "../outcome/reason.ts";
import { compileBlindness } from "./candidate.ts";
import type { Evaluate, Place } from "./compile-expression.ts";
import { compileExpression } from "./compile-expression.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";

type ValuePart = Extract<IrReasonPart, { kind: "value" }>;

/** The members of the verdict stand here once more: what a decision touches lies close together. */
export interface ReadyOutcome extends Verdict {
  readonly outcome: Outcome;
  /** Nothing but decision, code, rules, obligations and reason. */
  readonly plain: boolean;
  readonly reason: string | ((frame: Frame) => string);
}

export const readyOutcome = (outcome: Outcome, place: Place): ReadyOutcome => ({
  ...outcome.verdict,
  outcome,
  plain: outcome.hint === null && outcome.shadow === undefined && outcome.waived.length === 0,
  reason: compileReason(outcome, place),
});

/** The document is new, what stands in it is shared and frozen. */
export function documentFor(
  ready: ReadyOutcome,
  frame: Frame,
  reservations: readonly Obligation[],
): DecisionDocument {
  const reason = typeof ready.reason === "string" ? ready.reason : ready.reason(frame);
  if (!ready.plain || reservations.length > 0) return documentOf(ready.outcome, reason, reservations);
  const { decision, code, rules, obligations } = ready;
  return { decision, code, rules, obligations, reason };
}

function compileReason({ reason, redacted }: Outcome, place: Place): ReadyOutcome["reason"] {
  if (typeof reason === "string") return reason;
  const { rule, index } = reason;
  const parts = rule.reason ?? [];
  const shown = parts.filter(
    (part): part is ValuePart => part.kind === "value" && !redacted.some((path) => overlaps(path, part.path)),
  );
  const values = new Map(
    shown.map((part) => {
      const node = place.program.expression(part.values[index] ?? -1);
      const type = typeOf(node, place.program.sources) ?? STRING;
      const evaluate = compileExpression(node, place);
      // The condition may hold without the facts that only its text names.
      const blind = compileBlindness({ ...NO_READS, facts: readsOf(node).facts }, place);
      const known: Evaluate = (frame) => (blind?.(frame) === undefined ? evaluate(frame) : undefined);
      return [part, { type, evaluate: blind === null ? evaluate : known }] as const;
    }),
  );
  const print = (frame: Frame | null): string =>
    printReason(parts, redacted, (part) => {
      const known = values.get(part);
      return { type: known?.type ?? STRING, value: frame === null ? undefined : known?.evaluate(frame) };
    });
  return values.size === 0 ? print(null) : print;
}
