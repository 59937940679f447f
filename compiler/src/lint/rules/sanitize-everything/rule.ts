// A sanitize rule without a condition that leaves nothing of the call.
import { defineRuleCheck } from "../../define-lint-rule.ts";

export const sanitizeEverything = defineRuleCheck(
  "sanitize-everything",
  {
    doc: "A redaction of everything in every call.",
    severity: "warning",
    message: "this redacts everything of every call that it selects",
    help: "say which calls (`when`), what to look for (`matching`), or which arguments; a call that must not happen is a `deny`",
  },
  function* ({ declaration }, _actions, finding) {
    const { effect, when, unless, redactions } = declaration;
    if (effect !== "sanitize" || when !== null || unless !== null) return;
    for (const { span, path, matching } of redactions)
      if (matching === null && path.steps.length === 1 && path.steps[0]?.kind === "everywhere")
        yield finding(span);
  },
);
