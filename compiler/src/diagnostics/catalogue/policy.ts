// Diagnostics about rules and policies: what they select, when they match, what they ask for.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const policyDiagnostics = defineDiagnostics("policy", {
  "result-deny": {
    message: "a rule that reads `result` comes after the call and cannot deny it",
    help: "write `withhold`: the call has happened, and its result is kept back",
  },
  "result-effect": {
    message: "a rule that reads `result` comes after the call: it can only withhold or sanitize",
    help: "write `withhold` or `sanitize`, or read the arguments instead",
  },
  "withhold-call": {
    message: "`withhold` keeps back a result, and this rule does not read one",
    help: "write `deny` to stop the call, or read `result` in its condition",
  },
  "mixed-redaction": {
    message: "the arguments are gone when a result is looked at",
    help: "redact `result` here, and `args` in a rule that does not read `result`",
  },
  "for-reads-call": {
    message: "`for` says for whom the rules are: it cannot read `{root}`",
    help: "read it in the `when` of the rules",
  },
  having: {
    message: "`having` names an argument",
    help: "write `having args.x`, or `having args.x: type`",
  },
  "having-none": {
    message: "none of the selected actions has `{name}`",
    help: "{hint}",
  },
  "absent-skips": {
    message: "where `{place}` is absent, this rule does not apply",
    help: "a restriction that an argument's absence switches off must say so: write `{place} where present` in the comparison, or decide the absent case with `{place} else …` or `{place} is absent or …`",
  },
  "approval-clause": {
    message: "only `require approval` says who approves",
    help: "remove `by`, `via` and `within`, or make the rule a `require approval`",
  },
  "approval-count": {
    message: "at least one person must approve",
    help: "write `by 1 of …` or more",
  },
  "unknown-channel": {
    message: "there is no channel `{name}`",
    help: "{hint}",
  },
  placeholder: {
    message: "a placeholder prints a scalar, and this is `{type}`",
    help: "print a field or a part of it",
  },
  "role-parameter": {
    message: "`{name}` is no parameter that names a role",
    help: "declare it in the policy as a `string` and give a constant for it, or write the role itself",
  },
  "hint-placeholder": {
    message: "a hint is told to the agent and holds no values",
    help: "write plain text; `because` may show values to people",
  },
  "redact-allow": {
    message: "`allow` lets a call through as it is",
    help: "put the redaction into a `sanitize` rule",
  },
  "sanitize-nothing": {
    message: "this rule sanitizes nothing",
    help: "say what: `redact args.x with mask`",
  },
  "redact-nowhere": {
    message: "no selected action has {place} to redact",
    help: "{hint}",
  },
  "redact-step": {
    message: "`{place}` has no such member: it is `{type}`",
    help: "{hint}",
  },
  "redact-everywhere": {
    message: "`**` is the last step of a path",
    help: "write `args.**`",
  },
  "redact-method": {
    message: "`{method}` does not fit {place}, which is `{type}`",
    help: "{hint}",
  },
  "redact-pattern": {
    message: "this pattern cannot say what to redact: {problem}",
    help: "patterns for redaction have no anchors, never match nothing, and never match what a redaction leaves",
  },
  "shadow-over": {
    severity: "warning",
    message: "the date of this shadow has come: it is enforced",
    help: "remove `shadow`, or set a later date",
  },
  "shadow-ending": {
    severity: "warning",
    message: "this shadow ends in {days}: then it is enforced",
    help: "look at what it would have stopped, then remove `shadow` or set a later date",
  },
  empty: {
    message: "policy `{name}` holds no rule",
    help: "add a rule, or remove the policy",
  },
  "never-matches": {
    message: "this rule never matches: {why}",
    help: "{hint}",
  },
  "always-true": {
    severity: "warning",
    message: "this condition is always true",
    help: "remove it, or compare with what varies",
  },
  "duplicate-rule": {
    message: "`{other}` already says this",
    help: "whenever this rule matches, the other one does and asks for the same: remove one of the two",
  },
  "never-grants": {
    message: "this allows nothing: `{other}` denies all of it",
    help: "remove one of the two, or give the deny a condition",
  },
  "too-costly": {
    message: "deciding `{action}` could take {steps} steps",
    help: "at most a million are allowed: bound the collections that are looked through (`list<T> max 100`), or nest fewer quantifiers",
  },
  "exception-rule": {
    message: "there is no rule `{name}` to waive",
    help: "{hint}",
  },
  "not-waivable": {
    message: "rule `{name}` cannot be waived",
    help: "only a rule that is marked `@waivable` has exceptions",
  },
  "exception-allow": {
    message: "`{name}` grants, and an exception is a way past a restriction",
    help: "narrow the `allow` rule itself",
  },
  "exception-until": {
    message: "an exception says until when",
    help: "write `until` and a date",
  },
  "exception-over": {
    message: "this exception is over",
    help: "remove it, or set a later date",
  },
  "exception-ending": {
    severity: "warning",
    message: "this exception ends in {days}",
    help: "renew it or prepare for its end",
  },
  "exception-action": {
    message: "an exception looks at the call: it cannot read `result`",
    help: "read the arguments, the agent and the context",
  },
});
