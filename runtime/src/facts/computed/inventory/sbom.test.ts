// Bills of materials: CycloneDX and SPDX, whole, broken and hostile.
import { describe, expect, it } from "vitest";
import { readPackageUrl } from "./package-url.ts";
import { sbom } from "./sbom.ts";

const cyclone = (components: readonly object[]) =>
  ({ bomFormat: "CycloneDX", specVersion: "1.5", components }) as never;
const component = (more: object) => ({
  type: "library",
  name: "x",
  version: "1.0.0",
  purl: "pkg:npm/x@1.0.0",
  ...more,
});
const mit = [{ license: { id: "MIT" } }];

describe("sbom", () => {
  it("reads CycloneDX, components inside components too", () => {
    const document = cyclone([
      component({
        licenses: mit,
        components: [
          component({ purl: "pkg:npm/%40a/b@2.0.0?x=y#z", licenses: [{ expression: "MIT OR GPL-3.0" }] }),
        ],
      }),
      component({ purl: undefined, licenses: mit }),
      component({ purl: "pkg:pypi/y", version: "", licenses: [] }),
      component({ purl: "pkg:npm/z@^1.0.0", licenses: [{ license: { name: "Our own" } }] }),
    ]);
    expect(sbom.compute(document)).toEqual({
      valid: true,
      format: "cyclonedx",
      components: 5,
      unidentified: 1,
      unpinned: 2,
      unlicensed: 2,
      packages: ["npm/x", "npm/@a/b", "pypi/y", "npm/z"],
      licences: [[["MIT"]], [["MIT"], ["GPL-3.0-only"]]],
    });
  });

  it("takes several licences of one component as all of them", () => {
    const document = cyclone([
      component({ licenses: [{ license: { id: "MIT" } }, { license: { id: "GPL-3.0-only" } }] }),
    ]);
    expect(sbom.compute(document)).toMatchObject({ licences: [[["GPL-3.0-only", "MIT"]]] });
  });

  it("reads SPDX 2", () => {
    const document = {
      spdxVersion: "SPDX-2.3",
      packages: [
        {
          SPDXID: "SPDXRef-a",
          name: "a",
          versionInfo: "1.0.0",
          licenseConcluded: "NOASSERTION",
          licenseDeclared: "Apache-2.0",
          externalRefs: [{ referenceType: "purl", referenceLocator: "pkg:cargo/a@1.0.0" }],
        },
        { SPDXID: "SPDXRef-b", name: "b", licenseConcluded: "NONE", licenseDeclared: "NOASSERTION" },
      ],
    };
    expect(sbom.compute(document)).toEqual({
      valid: true,
      format: "spdx",
      components: 2,
      unidentified: 1,
      unpinned: 1,
      unlicensed: 1,
      packages: ["cargo/a"],
      licences: [[["Apache-2.0"]]],
    });
  });

  const deep = (levels: number): object =>
    levels === 0 ? component({}) : component({ components: [deep(levels - 1)] });
  it.each<[string, unknown]>([
    ["nothing", null],
    ["a text", "{}"],
    ["a list", []],
    ["another document", { bomFormat: "cyclonedx" }],
    ["SPDX 3", { spdxVersion: "SPDX-3.0" }],
    ["one that nests too deeply", cyclone([deep(20)])],
    ["one that is too large", cyclone(Array.from({ length: 20_001 }, () => component({})))],
  ])("takes %s for no bill of materials", (_, document) => {
    expect(sbom.compute(document as never)).toMatchObject({
      valid: false,
      components: 0,
      packages: [],
      licences: [],
    });
  });

  it("is not led astray by strange members", () => {
    const document = cyclone([
      component({ licenses: "MIT", purl: 7, version: { a: 1 } }),
      7 as never,
      null as never,
    ]);
    expect(sbom.compute(document)).toMatchObject({
      components: 1,
      unidentified: 1,
      unpinned: 1,
      unlicensed: 1,
    });
  });

  it.each([
    ["pkg:npm/left-pad@1.3.0", "npm/left-pad", "1.3.0"],
    ["pkg:NPM/%40babel/core@7.0.0", "npm/@babel/core", "7.0.0"],
    ["pkg:golang/github.com/a/b@v1.0.0#sub", "golang/github.com/a/b", "v1.0.0"],
    ["pkg:pypi/django", "pypi/django", undefined],
    ["npm/left-pad", undefined, undefined],
    ["pkg:npm", undefined, undefined],
    ["pkg:npm/%zz", undefined, undefined],
  ])("%s", (text, name, version) => {
    expect(readPackageUrl(text)?.package).toBe(name);
    expect(readPackageUrl(text)?.version).toBe(version);
  });
});
