// A sanitize rule without a condition that leaves nothing of the call.
import { defineLintRule } from "../../define-lint-rule.ts";

export const sanitizeEverything = defineLintRule(
  "sanitize-everything",
  {
    severity: "warning",
    message: "this redacts everything of every call that it selects",
    help: "say which calls (`when`), what to look for (`matching`), or which arguments; a call that must not happen is a `deny`",
  },
  function* ({ checked }, finding) {
    for (const { declaration } of checked.rules) {
      const { effect, when, unless, redactions } = declaration;
      if (effect !== "sanitize" || when !== null || unless !== null) continue;
      for (const { span, path, matching } of redactions)
        if (matching === null && path.steps.length === 1 && path.steps[0]?.kind === "everywhere")
          yield finding(span);
    }
  },
);
