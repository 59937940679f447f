// A shadow without a date is a rule that nobody will ever switch on.
import { defineLintRule } from "../../define-lint-rule.ts";

export const shadowDate = defineLintRule(
  "shadow-date",
  {
    doc: "A shadow rule without an end.",
    severity: "warning",
    message: "this shadow never ends",
    help: "say until when it only watches: `shadow until 2099-12-31`",
  },
  function* ({ modules }, finding) {
    for (const { items } of modules)
      for (const item of items) {
        const rules = item.kind === "policy" ? [item, ...item.rules] : item.kind === "rule" ? [item] : [];
        for (const { shadow } of rules) if (shadow?.until === null) yield finding(shadow.span);
      }
  },
);
