// Reports of scanners other than OSV's: Grype, Trivy, and the vulnerabilities of a CycloneDX document.
import type { JsonObject, JsonValue } from "../../../core/values/value.ts";
import { readPackageUrl } from "../inventory/package-url.ts";
import { at, member, numberOf, objectsOf, textOf } from "../read-json.ts";
import { baseScore, scoreOfWord } from "./cvss.ts";
import type { Finding } from "./finding.ts";
import { highest } from "./osv.ts";

/** `matches[]` of Grype. */
export const grypeFindings = (matches: JsonValue): readonly Finding[] =>
  objectsOf(matches).map((match) => {
    const vulnerability = member(match, "vulnerability");
    const scores = objectsOf(member(vulnerability, "cvss")).map(
      (each) => numberOf(at(each, "metrics", "baseScore")) ?? baseScore(textOf(member(each, "vector"))),
    );
    const artifact = member(match, "artifact");
    return {
      id: textOf(member(vulnerability, "id")),
      package: readPackageUrl(textOf(member(artifact, "purl")))?.package ?? textOf(member(artifact, "name")),
      score: highest([...scores, scoreOfWord(textOf(member(vulnerability, "severity")))]),
      epss: highest(objectsOf(member(vulnerability, "epss")).map((each) => numberOf(member(each, "epss")))),
      exploited: objectsOf(member(vulnerability, "knownExploited")).length > 0,
      fixed: textOf(at(vulnerability, "fix", "state")) === "fixed",
    };
  });

/** `Results[].Vulnerabilities[]` of Trivy. */
export const trivyFindings = (results: JsonValue): readonly Finding[] =>
  objectsOf(results)
    .flatMap((result) => objectsOf(member(result, "Vulnerabilities")))
    .map((each) => {
      const rated = member(each, "CVSS");
      const sources =
        rated !== undefined && typeof rated === "object" && rated !== null ? Object.values(rated) : [];
      const scores = sources.map((source) => numberOf(member(source as JsonValue, "V3Score")));
      const url = textOf(at(each, "PkgIdentifier", "PURL"));
      return {
        id: textOf(member(each, "VulnerabilityID")),
        package: readPackageUrl(url)?.package ?? textOf(member(each, "PkgName")),
        score: highest([...scores, scoreOfWord(textOf(member(each, "Severity")))]),
        epss: undefined,
        exploited: false,
        fixed: textOf(member(each, "FixedVersion")) !== "",
      };
    });

/** States of an analysis that say that nothing is to be done. */
const SETTLED: ReadonlySet<string> = new Set([
  "resolved",
  "resolved_with_pedigree",
  "false_positive",
  "not_affected",
]);

/**
 * `vulnerabilities[]` of CycloneDX. `packages` gives names by `bom-ref`. What the analysis settles is left out only where
 * `believed`: whoever wrote the document may have written that too.
 */
export const cycloneFindings = (
  document: JsonObject,
  packages: ReadonlyMap<string, string>,
  believed = false,
): readonly Finding[] =>
  objectsOf(member(document, "vulnerabilities"))
    .filter((each) => !believed || !SETTLED.has(textOf(at(each, "analysis", "state"))))
    .flatMap((each) => {
      const scores = objectsOf(member(each, "ratings")).map((rating) =>
        highest([
          numberOf(member(rating, "score")) ?? baseScore(textOf(member(rating, "vector"))),
          scoreOfWord(textOf(member(rating, "severity"))),
        ]),
      );
      const refs = objectsOf(member(each, "affects")).map((affected) => textOf(member(affected, "ref")));
      const names = refs.map((ref) => packages.get(ref) ?? readPackageUrl(ref)?.package ?? ref);
      return (names.length === 0 ? [""] : [...new Set(names)]).map((name) => ({
        id: textOf(member(each, "id")),
        package: name,
        score: highest(scores),
        epss: undefined,
        exploited: false,
        fixed: textOf(member(each, "recommendation")) !== "",
      }));
    });
