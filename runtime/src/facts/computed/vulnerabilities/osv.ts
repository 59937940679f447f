// Records of OSV, answers of its scanner, and lists of packages held against records.
import type { JsonObject, JsonValue } from "../../../core/values/value.ts";
import { at, itemsOf, member, numberOf, objectsOf, textOf } from "../read-json.ts";
import { baseScore, scoreOfWord } from "./cvss.ts";
import type { Finding } from "./finding.ts";
import { compareVersions } from "./compare-versions.ts";

export const isOsvRecord = (value: JsonValue): value is JsonObject =>
  textOf(member(value, "id")) !== "" && Array.isArray(member(value, "affected"));

/** Highest of what is given: vectors of CVSS 3, numbers, words. */
function scoreOf(record: JsonObject): number | undefined {
  const affected = objectsOf(member(record, "affected"));
  const vectors = [record, ...affected].flatMap((each) => objectsOf(member(each, "severity")));
  const scores = vectors.map((each) => {
    const text = textOf(member(each, "score"));
    return baseScore(text) ?? numberOf(text);
  });
  const words = [record, ...affected].map((each) =>
    scoreOfWord(textOf(at(each, "database_specific", "severity"))),
  );
  return highest([...scores, ...words]);
}

export const highest = (scores: readonly (number | undefined)[]): number | undefined => {
  const known = scores.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

const packageOf = (value: JsonValue | undefined): string => {
  const ecosystem = textOf(member(value, "ecosystem")).split(":")[0] ?? "";
  const name = textOf(member(value, "name"));
  return ecosystem === "" ? name : `${ecosystem.toLowerCase()}/${name}`;
};

const eventsOf = (affected: JsonObject): readonly JsonObject[] =>
  objectsOf(member(affected, "ranges")).flatMap((range) => objectsOf(member(range, "events")));

const isMended = (affected: readonly JsonObject[]): boolean =>
  affected.some((each) => eventsOf(each).some((event) => textOf(member(event, "fixed")) !== ""));

const isWithdrawn = (record: JsonObject): boolean => textOf(member(record, "withdrawn")) !== "";

function finding(record: JsonObject, name: string, score = scoreOf(record)): Finding {
  return {
    id: textOf(member(record, "id")),
    package: name,
    score,
    epss: numberOf(at(record, "database_specific", "epss")),
    exploited: member(at(record, "database_specific"), "known_exploited") === true,
    fixed: isMended(objectsOf(member(record, "affected"))),
  };
}

/** Of records alone: one finding for each package that a record names. */
export const recordFindings = (records: readonly JsonValue[]): readonly Finding[] =>
  records
    .filter(isOsvRecord)
    .filter((record) => !isWithdrawn(record))
    .flatMap((record) => {
      const names = new Set(
        objectsOf(member(record, "affected")).map((each) => packageOf(member(each, "package"))),
      );
      return [...names].map((name) => finding(record, name));
    });

/** Of the scanner's answer: `results[].packages[]`, where groups may say more about the severity. */
export function scannerFindings(results: JsonValue): readonly Finding[] {
  return objectsOf(results)
    .flatMap((result) => objectsOf(member(result, "packages")))
    .flatMap((entry) => {
      const groups = objectsOf(member(entry, "groups"));
      const name = packageOf(member(entry, "package"));
      return objectsOf(member(entry, "vulnerabilities"))
        .filter((record) => !isWithdrawn(record))
        .map((record) => {
          const id = textOf(member(record, "id"));
          const group = groups.find((each) => itemsOf(member(each, "ids")).includes(id));
          return finding(record, name, highest([scoreOf(record), numberOf(member(group, "max_severity"))]));
        });
    });
}

/** Packages (`{ecosystem, name, version}`) held against records: what their version ranges cover. */
export function matchedFindings(packages: JsonValue, advisories: JsonValue): readonly Finding[] {
  const records = itemsOf(advisories)
    .filter(isOsvRecord)
    .filter((record) => !isWithdrawn(record));
  const byPackage = new Map<string, { record: JsonObject; affected: JsonObject }[]>();
  for (const record of records)
    for (const affected of objectsOf(member(record, "affected"))) {
      const name = packageOf(member(affected, "package"));
      byPackage.set(name, [...(byPackage.get(name) ?? []), { record, affected }]);
    }
  return objectsOf(packages).flatMap((each) => {
    const name = packageOf(each);
    const version = textOf(member(each, "version"));
    const hit = (byPackage.get(name) ?? []).filter(({ affected }) => isAffected(version, affected));
    return [...new Set(hit.map(({ record }) => record))].map((record) => finding(record, name));
  });
}

/** Whether a version is affected; true where that cannot be told. */
export function isAffected(version: string, affected: JsonObject): boolean {
  if (itemsOf(member(affected, "versions")).includes(version)) return true;
  const ranges = objectsOf(member(affected, "ranges"));
  if (ranges.length === 0) return itemsOf(member(affected, "versions")).length === 0;
  return ranges.some((range) => textOf(member(range, "type")) !== "GIT" && isInRange(version, range));
}

function isInRange(version: string, range: JsonObject): boolean {
  let inside = false;
  for (const event of objectsOf(member(range, "events"))) {
    for (const kind of ["introduced", "fixed", "last_affected"] as const) {
      const bound = textOf(member(event, kind));
      if (bound === "") continue;
      const order = bound === "0" ? 1 : compareVersions(version, bound);
      if (order === undefined) return true;
      if (kind === "introduced" && order >= 0) inside = true;
      if (kind === "fixed" && order >= 0) inside = false;
      if (kind === "last_affected" && order > 0) inside = false;
    }
  }
  return inside;
}
