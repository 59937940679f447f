// Reasons that no author wrote: one text for each code.
import type { DecisionCode, DecisionDocument } from "../../decision/decision.ts";
import { cutCodePoints } from "../../values/code-points.ts";
import { MAX_REASON } from "./reason.ts";

const texts = {
  default_deny: "no rule allows this call",
  invalid_input: "the request is not valid",
  unknown_action: "the tool or action is not declared",
  state_unavailable: "state that a rule needs is unavailable",
  fact_unavailable: "a fact that a rule needs is unavailable",
  internal_error: "the engine failed",
} as const;
type RefusalCode = keyof typeof texts;

/** The result phase when no rule withholds or redacts anything. */
export const RESULT_ALLOWED = "no rule withholds the result";

/** The text of a code; for `default_deny` it names the rules that would perhaps have allowed, sorted, if they could read. */
export function fixedReason(code: DecisionCode, blindAllows: readonly string[] = []): string {
  const text = Object.hasOwn(texts, code) ? texts[code as RefusalCode] : code;
  if (code !== "default_deny" || blindAllows.length === 0) return text;
  return cutCodePoints(
    `${text}; undecided for lack of state or facts: ${blindAllows.join(", ")}`,
    MAX_REASON,
  );
}

/** The whole document of a refusal without rules. */
export function refusal(code: RefusalCode): DecisionDocument {
  return { decision: "deny", code, rules: [], reason: fixedReason(code), obligations: [] };
}
