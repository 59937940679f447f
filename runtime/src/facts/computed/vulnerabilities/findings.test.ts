// Reports of vulnerabilities in the forms of five tools, scores, ranges of versions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseScore } from "./cvss.ts";
import { compareVersions } from "./compare-versions.ts";
import { findings } from "./findings.ts";
import { isAffected } from "./osv.ts";

const CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const record = (more: object = {}) => ({
  id: "GHSA-1",
  affected: [
    {
      package: { ecosystem: "npm", name: "x" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.2.0" }] }],
    },
  ],
  severity: [{ type: "CVSS_V3", score: CRITICAL }],
  ...more,
});
const found = { id: "GHSA-1", package: "npm/x", score: "9.8", rated: true, exploited: false, fixed: true };
const told = (report: unknown): unknown => findings.compute(report as never);

describe("findings", () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ["one record", record(), [found]],
    ["a list of records", [record(), record({ withdrawn: "2026-01-01T00:00:00Z" })], [found]],
    [
      "an answer of the API",
      { vulns: [record({ severity: [] })] },
      [{ ...found, score: "10", rated: false }],
    ],
    [
      "words",
      [record({ severity: [], database_specific: { severity: "MODERATE" } })],
      [{ ...found, score: "4" }],
    ],
    [
      "the scanner's answer",
      {
        results: [
          {
            packages: [
              {
                package: { name: "x", version: "1.0.0", ecosystem: "npm" },
                vulnerabilities: [record({ severity: [] })],
                groups: [{ ids: ["GHSA-1"], max_severity: "7.5" }],
              },
            ],
          },
        ],
      },
      [{ ...found, score: "7.5" }],
    ],
    ["an empty answer", { results: [] }, []],
    [
      "packages against advisories",
      {
        packages: [
          { ecosystem: "npm", name: "x", version: "1.1.9" },
          { ecosystem: "npm", name: "x", version: "1.2.0" },
          { ecosystem: "npm", name: "y", version: "1.0.0" },
        ],
        advisories: [record()],
      },
      [found],
    ],
    [
      "Grype",
      {
        matches: [
          {
            vulnerability: {
              id: "CVE-1",
              severity: "High",
              cvss: [{ metrics: { baseScore: 8.1 } }],
              epss: [{ epss: 0.42 }],
              knownExploited: [{ cve: "CVE-1" }],
              fix: { state: "not-fixed" },
            },
            artifact: { name: "x", purl: "pkg:npm/x@1.0.0" },
          },
        ],
      },
      [
        {
          id: "CVE-1",
          package: "npm/x",
          score: "8.1",
          rated: true,
          epss: "0.42",
          exploited: true,
          fixed: false,
        },
      ],
    ],
    [
      "Trivy",
      {
        Results: [
          {
            Vulnerabilities: [
              {
                VulnerabilityID: "CVE-2",
                PkgName: "y",
                Severity: "LOW",
                FixedVersion: "2",
                CVSS: { nvd: { V3Score: 5.3 } },
              },
            ],
          },
          { Target: "nothing found" },
        ],
      },
      [{ id: "CVE-2", package: "y", score: "5.3", rated: true, exploited: false, fixed: true }],
    ],
    [
      "CycloneDX, whatever its author says of it",
      {
        bomFormat: "CycloneDX",
        components: [{ "bom-ref": "r", purl: "pkg:npm/x@1.0.0" }],
        vulnerabilities: [
          {
            id: "CVE-3",
            ratings: [{ severity: "high" }],
            affects: [{ ref: "r" }],
            analysis: { state: "not_affected" },
          },
          { id: "CVE-4" },
        ],
      },
      [
        { id: "CVE-3", package: "npm/x", score: "7", rated: true, exploited: false, fixed: false },
        { id: "CVE-4", package: "", score: "10", rated: false, exploited: false, fixed: false },
      ],
    ],
  ])("reads %s", (_, report, expected) => {
    expect(told(report)).toEqual({ valid: true, found: expected });
  });

  it.each([
    [null],
    ["none"],
    [{}],
    [[7]],
    [{ vulns: [{}] }],
    [{ bomFormat: "x" }],
    [{ packages: [], advisories: [7] }],
  ])("takes %j for no report", (report) => {
    expect(told(report)).toEqual({ valid: false, found: [] });
  });
});

describe("scores", () => {
  // Of the examples that FIRST publishes with the calculator.
  it.each([
    [CRITICAL, 9.8],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1],
    ["CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9],
    ["CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8],
    ["CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 1.6],
    ["CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:N", 0],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10],
    ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/E:P/RL:O", 7.5],
  ])("%s is %s", (vector, score) => {
    expect(baseScore(vector)).toBe(score);
  });

  it.each([
    "",
    "7.5",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    "CVSS:3.1/AV:N",
    `${CRITICAL}/AV:L`,
    "CVSS:3.1/AV:__proto__/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  ])("%s has none", (vector) => {
    expect(baseScore(vector)).toBeUndefined();
  });
});

describe("versions", () => {
  it("are ordered", () => {
    const order = [
      "0.9",
      "1.0.0-alpha",
      "1.0.0-alpha.1",
      "1.0.0-alpha.beta",
      "1.0.0-beta.2",
      "1.0.0-beta.11",
      "1.0.0-rc.1",
      "1.0.0",
      "1.0.1",
      "1.10.0",
      "v2",
    ];
    fc.assert(
      fc.property(fc.nat(order.length - 1), fc.nat(order.length - 1), (a, b) => {
        expect(Math.sign(compareVersions(order[a] ?? "", order[b] ?? "") ?? NaN)).toBe(Math.sign(a - b));
      }),
    );
    expect(compareVersions("1.0.0+a", "1.0.0")).toBe(0);
    expect(compareVersions("1:2.3-4", "1.0.0")).toBeUndefined();
  });

  const range = (...events: object[]) => ({ ranges: [{ type: "SEMVER", events }] }) as never;
  it.each<[string, never, boolean]>([
    ["1.0.0", range({ introduced: "0" }), true],
    ["1.0.0", range({ introduced: "0" }, { fixed: "1.0.0" }), false],
    ["1.0.0", range({ introduced: "0" }, { last_affected: "1.0.0" }), true],
    ["1.0.1", range({ introduced: "0" }, { last_affected: "1.0.0" }), false],
    ["1.5.0", range({ introduced: "1.0.0" }, { fixed: "1.2.0" }, { introduced: "1.4.0" }), true],
    ["1.3.0", range({ introduced: "1.0.0" }, { fixed: "1.2.0" }, { introduced: "1.4.0" }), false],
    ["not a version", range({ introduced: "1.0.0" }, { fixed: "1.2.0" }), true],
    ["2.0", { versions: ["1.0", "2.0"] } as never, true],
    ["3.0", { versions: ["1.0", "2.0"] } as never, false],
    ["3.0", {} as never, true],
  ])("%s in %j: %s", (version, affected, expected) => {
    expect(isAffected(version, affected)).toBe(expected);
  });
});
