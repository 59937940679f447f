// Why a decision came out as it did, as data: for the command line, the editor and tests.
import type { Span } from "@aegis/compiler";
import type { DecisionDocument, RuleOutcome } from "@aegis/runtime/core";

export interface Explanation {
  readonly decision: DecisionDocument;
  /** Where the request is not valid; empty when it is. Places and expected types, never values. */
  readonly invalid: readonly InvalidPlace[];
  /** Every rule that targets the action: the deciding ones first. */
  readonly rules: readonly ExplainedRule[];
  /** The allow rule that came closest, when none matched; null when one matched or none targets the action. */
  readonly nearest: NearestAllow | null;
}

export interface InvalidPlace {
  /** JSON pointer into the request. */
  readonly path: string;
  readonly expected: string;
  readonly problem: "missing" | "unknown" | "wrong";
}

export interface ExplainedRule {
  readonly id: string;
  readonly effect: "allow" | "sanitize" | "approval" | "deny";
  readonly shadow: boolean;
  readonly outcome: RuleOutcome;
  /** Name of the rule in the source; null for a rule of the library or a bundle without sources. */
  readonly span: Span | null;
  readonly conditions: readonly ExplainedCondition[];
  /** What the rule names and the request does not tell: `label acme.tests_green`. */
  readonly unreadable: readonly string[];
}

export interface ExplainedCondition {
  readonly span: Span;
  /** As written, on one line. */
  readonly text: string;
  readonly role: "for" | "when" | "unless";
  readonly held: boolean;
  /** What was read, with its value as JSON; `[redacted]` where a rule redacts it. */
  readonly values: readonly { readonly place: string; readonly value: string }[];
}

export interface NearestAllow {
  readonly id: string;
  /** What must change for it to match: conditions that failed, and things that could not be read. */
  readonly missing: readonly string[];
}
