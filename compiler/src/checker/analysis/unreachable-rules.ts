// Rules that never match, and conditions that always hold, by constants and intervals.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { CheckedGroup, CheckedRule } from "../checked-program.ts";
import type { Literal } from "./satisfiable.ts";
import type { ExternalReads } from "./external-reads.ts";
import type { Outlines } from "./outline.ts";
import { satisfiable } from "./satisfiable.ts";

export function reportUnreachable(
  sink: DiagnosticSink,
  rules: readonly CheckedRule[],
  external: ExternalReads,
  outlines: Outlines,
): void {
  for (const rule of rules) {
    if (sensible.has(rule)) continue;
    if (
      rule.groups.length === 0 ||
      external.isIn(rule) ||
      rule.groups.every((group) => outlines.ofGroup(rule, group).free)
    )
      sensible.add(rule);
    else if (rule.groups.every((group) => neverMatches(rule, group))) reportNever(sink, rule);
    else if (rule.declaration.when !== null && rule.groups.every((group) => alwaysHolds(rule, group)))
      sink.report(policyDiagnostics["always-true"](rule.declaration.when.span));
    else sensible.add(rule);
  }
}

/** Rules without a finding: a checked rule does not change, and an editor asks again for the same. */
const sensible = new WeakSet<CheckedRule>();

function literalsOf(rule: CheckedRule, group: CheckedGroup): readonly Literal[] {
  const { types } = group;
  const { when, unless } = rule.declaration;
  const literals: Literal[] = [];
  for (const scope of rule.scopes) literals.push({ node: scope.expression, types: scope.types, holds: true });
  if (when !== null) literals.push({ node: when, types, holds: true });
  if (unless !== null) literals.push({ node: unless, types, holds: false });
  return literals;
}

function neverMatches(rule: CheckedRule, group: CheckedGroup): boolean {
  // In YAML an absent argument makes a restriction hold whatever the condition says.
  if ((group.absentDecides ?? []).length > 0 && rule.declaration.effect !== "allow") return false;
  return !satisfiable(literalsOf(rule, group));
}

function alwaysHolds(rule: CheckedRule, group: CheckedGroup): boolean {
  const { when } = rule.declaration;
  if (when === null || (group.absentDecides ?? []).length > 0) return false;
  return !satisfiable([{ node: when, types: group.types, holds: false }]);
}

function reportNever(sink: DiagnosticSink, rule: CheckedRule): void {
  const { when, unless, name } = rule.declaration;
  const alone = (node: typeof when, holds: boolean): boolean =>
    node !== null && rule.groups.every(({ types }) => !satisfiable([{ node, types, holds }]));
  const [span, why] =
    when !== null && alone(when, true)
      ? [when.span, "its `when` is never true"]
      : unless !== null && alone(unless, false)
        ? [unless.span, "its `unless` is always true"]
        : [name.span, "its conditions contradict each other"];
  sink.report(
    policyDiagnostics["never-matches"](span, { why, hint: "look for values that exclude each other" }),
  );
}
