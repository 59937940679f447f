// What labels are for, as rules use them: to open something, or to close something.
import type { CheckedLabel, CheckedProgram } from "../../checker/checked-program.ts";
import { labelsIn, readingsOf } from "./conditions.ts";

export interface LabelUse {
  /** Its truth lets calls through. */
  readonly enables: boolean;
  /** Its truth stops calls. */
  readonly taints: boolean;
}

export function labelUses(checked: CheckedProgram): ReadonlyMap<string, LabelUse> {
  const uses = new Map<string, LabelUse>();
  for (const rule of checked.rules)
    for (const group of rule.groups)
      for (const { node, types, truth } of readingsOf(rule, group)) {
        if (node.kind !== "has") continue;
        for (const id of labelsIn(node, types)) {
          const known = uses.get(id) ?? { enables: false, taints: false };
          uses.set(id, {
            enables: known.enables || truth === "widens",
            taints: known.taints || truth === "narrows",
          });
        }
      }
  return uses;
}

/** Indices of actions that set the label at the moment given. */
export const setBy = (label: CheckedLabel, on: "call" | "result"): ReadonlySet<number> =>
  new Set(
    label.transitions
      .filter(({ declaration }) => declaration.op === "set" && declaration.on === on)
      .flatMap(({ groups }) => groups.flatMap((group) => group.actions)),
  );
