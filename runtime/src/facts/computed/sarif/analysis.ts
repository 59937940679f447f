// What a static analysis found (SARIF 2.1), as a fact.
import type { JsonObject, JsonValue } from "../../../core/values/value.ts";
import type { ComputedFact } from "../computed-fact.ts";
import { at, decimalText, distinct, member, numberOf, objectsOf, textOf } from "../read-json.ts";

const NOTHING = {
  valid: false,
  errors: 0,
  warnings: 0,
  notes: 0,
  suppressed: 0,
  worst: "10",
  rules: [],
} as const;

/** Rules by id, of the driver and its extensions. */
function rulesOf(run: JsonObject): ReadonlyMap<string, JsonObject> {
  const tool = member(run, "tool");
  const components = [member(tool, "driver"), ...objectsOf(member(tool, "extensions"))];
  return new Map(
    components
      .flatMap((component) => objectsOf(member(component, "rules")))
      .map((rule) => [textOf(member(rule, "id")), rule]),
  );
}

export const analysis: ComputedFact = {
  name: "std.supplychain.analysis",
  doc: "What a SARIF 2.1 report found: results by level, the worst security severity, the rules. Suppressed results count too: whoever wrote the code may have suppressed them.",
  compute(report): JsonValue {
    const runs = member(report, "runs");
    if (!textOf(member(report, "version")).startsWith("2.1") || !Array.isArray(runs)) return NOTHING;
    const results = objectsOf(runs).flatMap((run) => {
      const rules = rulesOf(run);
      return objectsOf(member(run, "results")).flatMap((result) => {
        if ((textOf(member(result, "kind")) || "fail") !== "fail") return [];
        const id = textOf(member(result, "ruleId")) || textOf(at(result, "rule", "id"));
        const rule = rules.get(id);
        const level =
          textOf(member(result, "level")) || textOf(at(rule, "defaultConfiguration", "level")) || "warning";
        const severity = numberOf(at(rule, "properties", "security-severity"));
        return [{ id, level, severity, suppressed: objectsOf(member(result, "suppressions")).length > 0 }];
      });
    });
    const count = (level: string): number => results.filter((each) => each.level === level).length;
    const notes = count("note") + count("none");
    return {
      valid: true,
      errors: count("error"),
      // A level that nobody knows is no note.
      warnings: results.length - count("error") - notes,
      notes,
      suppressed: results.filter((each) => each.suppressed).length,
      worst: decimalText(Math.min(10, Math.max(0, ...results.map((each) => each.severity ?? 0))), 1),
      rules: distinct(results.map((each) => each.id)),
    };
  },
};
