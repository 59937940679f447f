// The verdict over a set of rules: the strictest of those that match, blindness and the default counted in.
import type { Verdict } from "../../decision/decision.ts";
import type { IrEffect, IrPattern } from "../../ir/ir.ts";
import type { Phase } from "../../request/request.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import { approvalObligations, redactObligations, sortObligations } from "./obligations.ts";
import type { BlindCode, RuleMatch } from "./rule-match.ts";

/** The order of matches does not matter. What the call reserves is not in here. */
export function verdictOf(
  phase: Phase,
  matches: readonly RuleMatch[],
  patterns: readonly IrPattern[],
): Verdict {
  const matched = matches.filter(({ outcome }) => outcome === "matched");
  const level = winningLevel(phase, matches, matched);
  const granted = level.decision !== "deny";
  return {
    decision: level.decision,
    code: level.code,
    rules: [...new Set(level.matches.map(({ rule }) => rule.id))].sort(compareUtf8),
    obligations: sortObligations([
      ...redactObligations(matched, patterns),
      ...(granted ? approvalObligations(matched) : []),
    ]),
  };
}

interface Level extends Pick<Verdict, "decision" | "code"> {
  readonly matches: readonly RuleMatch[];
}

function winningLevel(phase: Phase, matches: readonly RuleMatch[], matched: readonly RuleMatch[]): Level {
  const having = (effect: IrEffect): readonly RuleMatch[] =>
    matched.filter(({ rule }) => rule.effect === effect);
  const denies = having("deny");
  if (denies.length > 0) return { decision: "deny", code: "matched", matches: denies };
  const blind = matches.filter(({ rule, outcome }) => outcome === "blind" && rule.effect !== "allow");
  for (const code of BLIND_CODES) {
    const because = blind.filter((match) => match.blind === code);
    if (because.length > 0) return { decision: "deny", code, matches: because };
  }
  const allows = having("allow");
  if (phase === "call" && allows.length === 0) return { decision: "deny", code: "default_deny", matches: [] };
  const approvals = having("approval");
  if (approvals.length > 0) return { decision: "approval_needed", code: "matched", matches: approvals };
  const sanitizes = having("sanitize");
  if (sanitizes.length > 0) return { decision: "sanitize", code: "matched", matches: sanitizes };
  return { decision: "allow", code: "matched", matches: allows };
}

const BLIND_CODES: readonly BlindCode[] = ["state_unavailable", "fact_unavailable"];
