// What the rules of a call come to, all but what depends on the values in the call: amounts reserved and the text of the reason.
import type { DecisionDocument, Obligation, Verdict } from "../../decision/decision.ts";
import type { IrPattern } from "../../ir/ir.ts";
import type { Phase } from "../../request/request.ts";
import { canonicalJson } from "../../values/canonical-json.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import { printTime } from "../../values/time-text.ts";
import { RESULT_ALLOWED, fixedReason } from "./fixed-reasons.ts";
import type { RuleMatch } from "./rule-match.ts";
import { verdictOf } from "./verdict.ts";

export interface Outcome {
  /** Without what the call reserves. */
  readonly verdict: Verdict;
  readonly shadow: Verdict | undefined;
  readonly hint: string | null;
  /** The whole reason, or the rule whose text is to be printed. */
  readonly reason: string | RuleMatch;
  /** Paths that matched rules redact: not to be shown. */
  readonly redacted: readonly string[];
  readonly waived: NonNullable<DecisionDocument["waived"]>;
}

/** The order of matches does not matter. Those that are not enforced count for `shadow` alone. */
export function outcomeOf(
  phase: Phase,
  matches: readonly RuleMatch[],
  enforced: readonly RuleMatch[],
  patterns: readonly IrPattern[],
): Outcome {
  const verdict = verdictOf(phase, enforced, patterns);
  const shadow = enforced.length === matches.length ? verdict : verdictOf(phase, matches, patterns);
  const first = verdict.code === "matched" ? winner(verdict, enforced) : undefined;
  return {
    verdict,
    shadow: differs(verdict, shadow) ? shadow : undefined,
    hint: first?.rule.hint ?? null,
    reason: reasonOf(verdict, first, enforced),
    redacted: enforced
      .filter(({ outcome }) => outcome === "matched")
      .flatMap(({ target }) => target.redactions.map(({ path }) => path)),
    waived: waivedRules(enforced),
  };
}

/** `reservations` are those of the call, sorted; they stand only where the call is let through. */
export function documentOf(
  { verdict, shadow, hint, waived }: Outcome,
  reason: string,
  reservations: readonly Obligation[],
): DecisionDocument {
  return {
    ...withReservations(verdict, reservations),
    reason,
    ...(hint === null ? {} : { hint }),
    ...(shadow === undefined ? {} : { shadow: withReservations(shadow, reservations) }),
    ...(waived.length === 0 ? {} : { waived }),
  };
}

/** They come last among sorted obligations. */
const withReservations = (verdict: Verdict, reservations: readonly Obligation[]): Verdict =>
  verdict.decision === "deny" || reservations.length === 0
    ? verdict
    : { ...verdict, obligations: [...verdict.obligations, ...reservations] };

const winner = ({ rules: [id] }: Verdict, matches: readonly RuleMatch[]): RuleMatch | undefined =>
  matches.find(({ rule, outcome }) => rule.id === id && outcome === "matched");

/** What both would reserve is the same wherever the decision is. */
const differs = (one: Verdict, other: Verdict): boolean =>
  one.decision !== other.decision || canonicalJson(one.obligations) !== canonicalJson(other.obligations);

function reasonOf(
  verdict: Verdict,
  first: RuleMatch | undefined,
  enforced: readonly RuleMatch[],
): string | RuleMatch {
  if (verdict.code !== "matched") {
    const blind = enforced.filter(({ rule, outcome }) => outcome === "blind" && rule.effect === "allow");
    return fixedReason(verdict.code, blind.map(({ rule }) => rule.id).sort(compareUtf8));
  }
  if (first === undefined) return RESULT_ALLOWED;
  return first.rule.reason === null ? `${verdict.decision} by ${first.rule.id}` : first;
}

function waivedRules(matches: readonly RuleMatch[]): Outcome["waived"] {
  return matches
    .flatMap(({ rule, waivers }) =>
      waivers.map(({ id, until }) => ({ rule: rule.id, exception: id, until: printTime(until) })),
    )
    .sort(
      (left, right) => compareUtf8(left.rule, right.rule) || compareUtf8(left.exception, right.exception),
    );
}
