// Reports of static analyses: levels, severities, suppressions.
import { describe, expect, it } from "vitest";
import { analysis } from "./analysis.ts";

const report = (results: readonly object[], rules: readonly object[] = []) =>
  ({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", rules } }, results }] }) as never;

describe("analysis", () => {
  it("counts by level, the rule's where the result gives none", () => {
    const rules = [
      { id: "a", defaultConfiguration: { level: "error" }, properties: { "security-severity": "8.8" } },
      { id: "b", properties: { "security-severity": "5.0" } },
    ];
    const results = [
      { ruleId: "a" },
      { ruleId: "a", level: "note" },
      { ruleId: "b" },
      { ruleId: "c", level: "strange" },
      { ruleId: "c", kind: "pass" },
      { rule: { id: "b" }, level: "error", suppressions: [{ kind: "inSource" }] },
    ];
    expect(analysis.compute(report(results, rules))).toEqual({
      valid: true,
      errors: 2,
      warnings: 2,
      notes: 1,
      suppressed: 1,
      worst: "8.8",
      rules: ["a", "b", "c"],
    });
  });

  it("finds nothing in a clean report", () => {
    expect(analysis.compute(report([]))).toMatchObject({ valid: true, errors: 0, warnings: 0, worst: "0" });
  });

  it.each([[null], [{}], [{ version: "2.1.0" }], [{ version: "1.0.0", runs: [] }], ["{}"]])(
    "takes %j for no report",
    (document) => {
      expect(analysis.compute(document)).toMatchObject({ valid: false, worst: "10" });
    },
  );
});
