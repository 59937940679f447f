// Dates after which something changes by itself: shadows and exceptions.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { Shadow } from "../../syntax/ast.ts";
import type { Declarations } from "../declarations/declarations.ts";

const DAY = 86_400_000;
/** How long before a date it is announced. */
export const NOTICE = 14 * DAY;

export function checkShadow(declarations: Declarations, shadow: Shadow | null): void {
  const { now } = declarations.program.inputs;
  if (shadow === null || shadow.until === null || now === null) return;
  const left = shadow.until - now;
  if (left <= 0) declarations.sink.report(policyDiagnostics["shadow-over"](shadow.span));
  else if (left <= NOTICE)
    declarations.sink.report(policyDiagnostics["shadow-ending"](shadow.span, { days: printDays(left) }));
}

export function printDays(milliseconds: number): string {
  const days = Math.ceil(milliseconds / DAY);
  return days === 1 ? "one day" : `${days} days`;
}
