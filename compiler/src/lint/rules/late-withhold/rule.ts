// Keeping back the answer of an action that changes something does not undo the change.
import type { CheckedAction } from "../../../checker/checked-program.ts";
import { defineRuleCheck } from "../../define-lint-rule.ts";
import { actionName, listed } from "../../reading/granted.ts";

const WRITES =
  /(^|[_.-])(write|create|delete|remove|drop|update|put|post|patch|send|push|merge|move|pay|transfer|schedule|commit|deploy|edit|set|add)([_.-]|$)/i;

export const lateWithhold = defineRuleCheck(
  "late-withhold",
  {
    doc: "A result kept back after the action has changed something.",
    severity: "warning",
    message: "{actions} has changed something when this rule keeps the result back",
    help: "stop the call itself (`deny` or `require approval` on its arguments); withholding only hides what it said",
  },
  function* ({ declaration, groups }, actions, finding) {
    if (declaration.effect !== "withhold") return;
    const writers = groups
      .flatMap((group) => group.actions)
      .filter((index) => writes(actions[index]))
      .map((index) => actionName(actions, index));
    if (writers.length > 0) yield finding(declaration.name.span, { actions: listed(writers) });
  },
);

function writes(action: CheckedAction | undefined): boolean {
  if (action === undefined) return false;
  const { annotations } = action;
  if (annotations["readOnlyHint"] === true || annotations["read_only"] !== undefined) return false;
  if (annotations["destructive"] !== undefined || annotations["destructiveHint"] === true) return true;
  return WRITES.test(action.action.replace(/([a-z])([A-Z])/g, "$1_$2"));
}
