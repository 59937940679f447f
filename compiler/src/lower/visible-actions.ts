// Which actions the list phase shows, from the lowered rules.
import type { IrExpression } from "@aegis/runtime/core";
import type { LoweredRule } from "./lower-rule.ts";
import type { ProgramContext } from "./target-environment.ts";
import { ListPhase } from "./visible.ts";
import type { ListedCondition } from "./visible.ts";

/** Per action the condition under which it is listed. */
export function visibleActions(
  program: ProgramContext,
  rules: readonly LoweredRule[],
): readonly IrExpression[] {
  const allows = program.actions.map((): ListedCondition[] => []);
  const denies = program.actions.map((): ListedCondition[] => []);
  for (const rule of rules) {
    const lists = listsFor(rule);
    if (lists === null) continue;
    rule.targets.forEach(({ action, scope, when }, index) => {
      const waivers = rule.waivers.flatMap((waiver) => waiver.when[index] ?? []);
      (lists === "allow" ? allows : denies)[action]?.push({ scope, when, waivers });
    });
  }
  const list = new ListPhase(program.context);
  return program.actions.map((_, index) => list.visibleCondition(allows[index] ?? [], denies[index] ?? []));
}

/** A shadow deny is not enforced, or not yet; a shadow allow may come into force with its date. */
function listsFor(rule: LoweredRule): "allow" | "deny" | null {
  if (rule.phase !== "call") return null;
  if (rule.effect === "allow")
    return rule.shadow !== null && rule.shadow.until === undefined ? null : "allow";
  return rule.effect === "deny" && rule.shadow === null ? "deny" : null;
}
