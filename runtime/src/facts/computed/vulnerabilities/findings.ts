// What a report of vulnerabilities says, as a fact: OSV, its scanner, CycloneDX, Grype, Trivy, packages against advisories.
import { isJsonObject } from "../../../core/input/validate-value.ts";
import type { JsonValue } from "../../../core/values/value.ts";
import type { ComputedFact } from "../computed-fact.ts";
import { readInventory } from "../inventory/components.ts";
import { itemsOf, member, textOf } from "../read-json.ts";
import type { Finding } from "./finding.ts";
import { findingJson } from "./finding.ts";
import { isOsvRecord, matchedFindings, recordFindings, scannerFindings } from "./osv.ts";
import { cycloneFindings, grypeFindings, trivyFindings } from "./scanners.ts";

/** Undefined for what is no report of a known form. */
function readFindings(report: JsonValue): readonly Finding[] | undefined {
  if (Array.isArray(report)) return report.every(isOsvRecord) ? recordFindings(report) : undefined;
  if (isOsvRecord(report)) return recordFindings([report]);
  if (!isJsonObject(report)) return undefined;
  const list = (name: string): JsonValue | undefined => {
    const found = member(report, name);
    return Array.isArray(found) ? found : undefined;
  };
  const packages = list("packages");
  const advisories = list("advisories");
  if (packages !== undefined && advisories !== undefined)
    return itemsOf(advisories).every(isOsvRecord) ? matchedFindings(packages, advisories) : undefined;
  const vulns = list("vulns");
  if (vulns !== undefined)
    return itemsOf(vulns).every(isOsvRecord) ? recordFindings(itemsOf(vulns)) : undefined;
  const results = list("results");
  if (results !== undefined) return scannerFindings(results);
  const matches = list("matches");
  if (matches !== undefined) return grypeFindings(matches);
  const trivy = list("Results");
  if (trivy !== undefined) return trivyFindings(trivy);
  const inventory = textOf(member(report, "bomFormat")) === "CycloneDX" ? readInventory(report) : undefined;
  if (inventory === undefined) return undefined;
  return cycloneFindings(
    report,
    new Map(inventory.components.map((each) => [each.ref, each.package ?? each.ref])),
  );
}

export const findings: ComputedFact = {
  name: "std.supplychain.findings",
  doc: "The vulnerabilities in a report of OSV, osv-scanner, Grype, Trivy or CycloneDX, or of packages held against OSV records.",
  compute(report): JsonValue {
    const found = readFindings(report);
    return found === undefined ? { valid: false, found: [] } : { valid: true, found: found.map(findingJson) };
  },
};
