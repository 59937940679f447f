// A restriction that does not say why: people and logs see `deny by acme.x.y`.
import { defineRuleCheck } from "../../define-lint-rule.ts";

export const noBecause = defineRuleCheck(
  "no-because",
  {
    doc: "A restriction that gives people no reason.",
    severity: "information",
    message: "`{name}` does not say why",
    help: 'add `because "…"`: people who are asked, and those who read the log, see it',
  },
  function* ({ declaration }, _actions, finding) {
    if (declaration.effect !== "allow" && declaration.because === null)
      yield finding(declaration.name.span, { name: declaration.name.text });
  },
);
