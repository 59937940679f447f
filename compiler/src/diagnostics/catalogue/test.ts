// Diagnostics about tests and properties.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const testDiagnostics = defineDiagnostics("test", {
  vacuous: {
    message: "this test tries nothing",
    help: "add a `step`, `cases` or `expect visible`",
  },
  "unknown-action": {
    severity: "warning",
    message: "`{name}` is declared nowhere: every engine answers `unknown_action`",
    help: "{hint}",
  },
  "missing-argument": {
    message: "`{action}` needs `{name}`",
    help: "give it, or expect `deny code invalid_input`",
  },
  "unknown-argument": {
    message: "`{action}` has no argument `{name}`",
    help: "{hint}",
  },
  "bad-value": {
    message: "{problem}, where `{type}` is expected",
    help: "mend it, or expect `deny code invalid_input`",
  },
  "unknown-rule": {
    message: "there is no rule `{name}`",
    help: "{hint}",
  },
  "unknown-code": {
    message: "there is no code `{name}`",
    help: "{hint}",
  },
  "unknown-cell": {
    message: "there is no {what} `{name}`",
    help: "{hint}",
  },
  "cell-key": {
    message: "`{name}` has {expected}, and this gives {found}",
    help: "write the keys in parentheses",
  },
  "case-width": {
    message: "this row has {found} for {expected}",
    help: "a row gives one value for each name after `with`",
  },
  "expected-rule": {
    message: "`{rule}` never gives {decision}",
    help: "`by` names rules of the decision that is expected",
  },
  "vacuous-property": {
    message: "this property says nothing: {why}",
    help: "{hint}",
  },
  "property-detail": {
    message: "a property expects decisions, and {what} belongs to tests",
    help: "write `expect deny or approval_needed`, or `expect not allow`",
  },
});
