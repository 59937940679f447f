// The decision document: the answer of every engine, and the codes that explain a refusal.

export type Decision = "allow" | "sanitize" | "approval_needed" | "deny";

/** Codes given by engines, in the order in which the first that applies is taken. */
export type EngineCode =
  "matched" | "default_deny" | "invalid_input" | "unknown_action" | "state_unavailable" | "fact_unavailable";

/** Codes given by the enforcement layer around an engine; every one denies. */
export type EnforcementCode =
  | "expired"
  | "bundle_invalid"
  | "identity_invalid"
  | "state_conflict"
  | "redaction_invalid"
  | "approval_denied"
  | "approval_timeout"
  | "obligation_unknown"
  | "internal_error";

export type DecisionCode = EngineCode | EnforcementCode;

export type RedactionMethodDocument =
  "remove" | "mask" | "hash" | { readonly replace: unknown } | { readonly truncate: number };

export type Obligation =
  | {
      readonly type: "approval";
      readonly rule: string;
      readonly by: readonly { readonly role?: string; readonly user?: string; readonly count: number }[];
      readonly via?: readonly string[];
      /** ISO 8601 duration. */
      readonly within?: string;
    }
  | {
      readonly type: "redact";
      readonly rule: string;
      readonly path: string;
      readonly matching?: string;
      readonly with: RedactionMethodDocument;
    }
  | {
      readonly type: "reserve";
      readonly rule: string;
      readonly counter: string;
      readonly key?: readonly string[];
      /** Canonical decimal text. */
      readonly amount: string;
    };

/** What a set of rules says: the part of a decision that `shadow` repeats. */
export interface Verdict {
  readonly decision: Decision;
  readonly code: DecisionCode;
  /** Rules of the winning level, sorted. */
  readonly rules: readonly string[];
  /** Sorted by (type, rule, path) in UTF-8 bytes. */
  readonly obligations: readonly Obligation[];
}

export interface DecisionDocument extends Verdict {
  readonly reason: string;
  /** What the author suggests to do instead, for people and agents. */
  readonly hint?: string;
  /** Present when enforcing the shadow rules would change decision or obligations. */
  readonly shadow?: Verdict;
  /** Rules switched off by an exception that holds. */
  readonly waived?: readonly { readonly rule: string; readonly exception: string; readonly until: string }[];
}
