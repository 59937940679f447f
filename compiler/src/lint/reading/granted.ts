// Which actions a program lets anybody call at all, and which rules restrict them.
import type { CheckedProgram, CheckedRule } from "../../checker/checked-program.ts";

/** Indices of actions that some `allow` selects. */
export const grantedActions = (checked: CheckedProgram): ReadonlySet<number> =>
  new Set(
    checked.rules
      .filter((rule) => rule.declaration.effect === "allow")
      .flatMap((rule) => rule.groups.flatMap((group) => group.actions)),
  );

/** Rules of the call phase that only ever stop or hold a call. */
export const isRestriction = (rule: CheckedRule): boolean =>
  rule.phase === "call" && (rule.declaration.effect === "deny" || rule.declaration.effect === "approval");

export const actionName = (actions: CheckedProgram["actions"], index: number): string => {
  const action = actions[index];
  return action === undefined ? "" : `${action.tool}.${action.action}`;
};

/** A list of names for a message: three, and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((each) => `\`${each}\``);
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}
