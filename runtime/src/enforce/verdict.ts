// Decisions outside an engine: refusals with a code of the enforcement layer, and the strictest of several.
import {
  canonicalJson,
  compareUtf8,
  type Decision,
  type DecisionDocument,
  type EnforcementCode,
  type Obligation,
} from "../core/index.ts";

const STRICTNESS: readonly Decision[] = ["allow", "sanitize", "approval_needed", "deny"];
export const strictness = (decision: Decision): number => STRICTNESS.indexOf(decision);

/** The codes of the enforcement layer: all deny. Fixed texts: nothing of the call. */
export const ENFORCEMENT_CODES: { readonly [Code in EnforcementCode]: string } = {
  expired: "the policy has expired",
  bundle_invalid: "the policy cannot be loaded",
  identity_invalid: "the caller is not who it has to be",
  state_conflict: "other calls changed the state at the same time",
  redaction_invalid: "what is left after redaction may not run",
  approval_denied: "a person has said no",
  approval_timeout: "nobody approved in time",
  obligation_unknown: "this enforcement point cannot do what the policy asks for",
  internal_error: "the decision could not be made",
};

/** A deny of the enforcement layer; keeps redactions of an earlier decision, since they bind logs. */
export const refusal = (code: EnforcementCode, earlier?: DecisionDocument): DecisionDocument => ({
  decision: "deny",
  code,
  rules: [],
  reason: ENFORCEMENT_CODES[code],
  obligations: earlier?.obligations.filter((each) => each.type === "redact") ?? [],
});

/** The strictest answer; rules and obligations of all that gave it are united. One more document never loosens. */
export function strictest(documents: readonly DecisionDocument[]): DecisionDocument {
  const [first, ...rest] = documents;
  if (first === undefined) return refusal("bundle_invalid");
  if (rest.length === 0) return first;
  const { shadow: _own, ...together } = rest.reduce(stricterOf, first);
  if (documents.every((each) => each.shadow === undefined)) return together;
  // What all would say with their shadow rules enforced, told where it differs.
  const { decision, code, rules, obligations } = documents
    .map((each) => ({ ...each, ...each.shadow }))
    .reduce(stricterOf);
  const same =
    decision === together.decision && canonicalJson(obligations) === canonicalJson(together.obligations);
  return same ? together : { ...together, shadow: { decision, code, rules, obligations } };
}

function stricterOf(a: DecisionDocument, b: DecisionDocument): DecisionDocument {
  const level = strictness(a.decision) - strictness(b.decision);
  const winner = level >= 0 ? a : b;
  const obligations = uniteObligations(a.obligations, b.obligations).filter(
    (each) => winner.decision !== "deny" || each.type === "redact",
  );
  const rules = level === 0 ? [...new Set([...a.rules, ...b.rules])].sort(compareUtf8) : winner.rules;
  // Of two denials the one that a rule gave explains more than a default.
  const telling = level === 0 && a.rules.length === 0 && b.rules.length > 0 ? b : winner;
  const waived = [...(a.waived ?? []), ...(b.waived ?? [])];
  return {
    ...telling,
    rules,
    obligations,
    ...(waived.length > 0 ? { waived } : {}),
  };
}

/** Both sets, each obligation once, sorted by (type, rule, path) in UTF-8 bytes. */
export function uniteObligations(a: readonly Obligation[], b: readonly Obligation[]): Obligation[] {
  const byText = new Map([...a, ...b].map((each) => [JSON.stringify(each), each]));
  const key = (each: Obligation): string =>
    `${each.type}\u0000${each.rule}\u0000${each.type === "redact" ? each.path : ""}`;
  return [...byText.values()].sort(
    (x, y) => compareUtf8(key(x), key(y)) || compareUtf8(JSON.stringify(x), JSON.stringify(y)),
  );
}
