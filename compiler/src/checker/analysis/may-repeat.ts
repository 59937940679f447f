// Whether some rule may make another superfluous, by the outlines of their conditions: in nearly all programs none does, and
// that is seen without putting texts of conditions together.
import type { CheckedRule } from "../checked-program.ts";
import type { Outlines } from "./outline.ts";
import { kindOf, MAX_INDEXED_ACTIONS } from "./rule-shape.ts";

/** Where more rules than this are about one action, each is not compared with each. */
const MAX_COMPARED = 256;

/** A rule at an action. */
interface Entry {
  readonly rule: CheckedRule;
  readonly conditions: readonly number[];
  /** A bit for each of the conditions: where a bit of one rule is missing in another, so is the condition. */
  readonly bits: number;
}

/** False is certain. */
export function mayRepeat(rules: readonly CheckedRule[], outlines: Outlines): boolean {
  const byAction = new Map<number, Entry[]>();
  const everywhere: Entry[] = [];
  const firsts: Entry[] = [];
  for (const rule of rules)
    for (const group of rule.groups) {
      const { conditions } = outlines.ofGroup(rule, group);
      const entry: Entry = { rule, conditions, bits: bitsOf(conditions) };
      if (group === rule.groups[0]) firsts.push(entry);
      if (group.actions.length > MAX_INDEXED_ACTIONS) everywhere.push(entry);
      else for (const action of group.actions) enter(entry, action, byAction);
    }
  if (everywhere.length > MAX_COMPARED) return true;
  for (const entry of firsts) {
    const here = byAction.get(entry.rule.groups[0]?.actions[0] ?? -1) ?? [];
    if (here.length > MAX_COMPARED || mayCoverAny(here, entry) || mayCoverAny(everywhere, entry)) return true;
  }
  return false;
}

function bitsOf(conditions: readonly number[]): number {
  let bits = 0;
  for (const each of conditions) bits |= 1 << (each & 31);
  return bits;
}

function enter(entry: Entry, action: number, byAction: Map<number, Entry[]>): void {
  const known = byAction.get(action);
  if (known === undefined) byAction.set(action, [entry]);
  else known.push(entry);
}

function mayCoverAny(wide: readonly Entry[], narrow: Entry): boolean {
  const missing = ~narrow.bits;
  for (const each of wide) if ((each.bits & missing) === 0 && mayCover(each, narrow)) return true;
  return false;
}

function mayCover(wide: Entry, narrow: Entry): boolean {
  if (wide.rule === narrow.rule || !wide.conditions.every((each) => narrow.conditions.includes(each)))
    return false;
  const { when, unless, effect } = wide.rule.declaration;
  if (effect === "deny" && narrow.rule.declaration.effect === "allow")
    return when === null && unless === null;
  return kindOf(wide.rule) === kindOf(narrow.rule);
}
