// Obligations of a decision: what the enforcement point must do, each once and in a fixed order.
import type { Obligation, RedactionMethodDocument } from "../../decision/decision.ts";
import { canonicalJson } from "../../values/canonical-json.ts";
import type { IrApproval, IrPattern, IrRedactionMethod, IrRule, IrTarget } from "../../ir/ir.ts";
import { compareUtf8 } from "../../values/compare-utf8.ts";
import { printDuration } from "../../values/time-text.ts";
import type { RuleMatch } from "./rule-match.ts";

/** Redactions of the rules; the patterns are those of the program. */
export function redactObligations(
  matches: readonly RuleMatch[],
  patterns: readonly IrPattern[],
): readonly Obligation[] {
  return matches.flatMap(({ rule, target }) =>
    target.redactions.map((redaction): Obligation => {
      const matching = redaction.matching === null ? undefined : patterns[redaction.matching]?.name;
      return {
        type: "redact",
        rule: rule.id,
        path: redaction.path,
        ...(matching === undefined ? {} : { matching }),
        with: methodDocument(redaction.with),
      };
    }),
  );
}

export function approvalObligations(matches: readonly RuleMatch[]): readonly Obligation[] {
  return matches.flatMap(({ rule }) =>
    rule.approval === null ? [] : [approvalObligation(rule.id, rule.approval)],
  );
}

/** All that a matched rule asks for, sorted: approval and redactions. */
export function obligationsOf(
  rule: IrRule,
  target: IrTarget,
  patterns: readonly IrPattern[],
): readonly Obligation[] {
  const match = { rule, target, index: 0, outcome: "matched", blind: undefined, waivers: [] } as const;
  return sortObligations([...redactObligations([match], patterns), ...approvalObligations([match])]);
}

function approvalObligation(rule: string, { by, via, within }: IrApproval): Obligation {
  return {
    type: "approval",
    rule,
    by,
    ...(via.length === 0 ? {} : { via }),
    ...(within === null ? {} : { within: printDuration(within) }),
  };
}

function methodDocument(method: IrRedactionMethod): RedactionMethodDocument {
  switch (method.kind) {
    case "replace":
      return { replace: method.value };
    case "truncate":
      return { truncate: method.keep };
    default:
      return method.kind;
  }
}

/** Sorted by (type, rule, path) and then by all of their text, in UTF-8 bytes; equal ones collapse. */
export function sortObligations(obligations: readonly Obligation[]): readonly Obligation[] {
  if (obligations.length < 2) return obligations;
  const keyed = obligations.map((obligation) => ({ obligation, text: canonicalJson(obligation) }));
  const path = (obligation: Obligation): string => (obligation.type === "redact" ? obligation.path : "");
  keyed.sort(
    (left, right) =>
      compareUtf8(left.obligation.type, right.obligation.type) ||
      compareUtf8(left.obligation.rule, right.obligation.rule) ||
      compareUtf8(path(left.obligation), path(right.obligation)) ||
      compareUtf8(left.text, right.text),
  );
  return keyed
    .filter(({ text }, index) => text !== keyed[index - 1]?.text)
    .map(({ obligation }) => obligation);
}
