// What a call would take from the counters of its action.
import type { Obligation } from "../../decision/decision.ts";
import { STRING } from "../../types/type.ts";
import { keyText } from "../../values/cell-key.ts";
import { printDecimal } from "../../values/decimal-text.ts";
import { sortObligations } from "../outcome/obligations.ts";
import type { Place } from "./compile-expression.ts";
import { compileExpression } from "./compile-expression.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";

export type Reserve = (frame: Frame) => readonly Obligation[];

/** Null when no counter counts the action. */
export function compileReservations(place: Place): Reserve | null {
  const { program, action } = place;
  const makers = program.ir.counters.flatMap((counter) =>
    counter.targets
      .filter((target) => target.action === action)
      .map((target): ((frame: Frame) => Obligation) => {
        const amount = compileExpression(program.expression(target.amount), place);
        const keys = target.key.map((index) => compileExpression(program.expression(index), place));
        return (frame) => {
          const taken = amount(frame) as number;
          const key = keys.map((evaluate, at) => keyText(counter.key[at] ?? STRING, evaluate(frame)));
          return {
            type: "reserve",
            rule: counter.id,
            counter: counter.id,
            ...(key.length === 0 ? {} : { key }),
            amount: counter.type === "decimal" ? printDecimal(taken) : String(taken),
          };
        };
      }),
  );
  if (makers.length === 0) return null;
  return (frame) => {
    const made = makers.map((make) => make(frame));
    return made.length === 1 ? made : sortObligations(made);
  };
}
