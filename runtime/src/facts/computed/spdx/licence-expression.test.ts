// SPDX expressions: what they mean as alternatives, and what is none.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLicenceExpression } from "./licence-expression.ts";

describe("SPDX licence expressions", () => {
  it.each<[string, readonly (readonly string[])[] | undefined]>([
    ["MIT", [["MIT"]]],
    ["mit", [["MIT"]]],
    ["MIT OR Apache-2.0", [["MIT"], ["Apache-2.0"]]],
    ["(MIT)", [["MIT"]]],
    [
      "MIT AND (Apache-2.0 OR GPL-3.0-only)",
      [
        ["Apache-2.0", "MIT"],
        ["GPL-3.0-only", "MIT"],
      ],
    ],
    ["MIT OR Apache-2.0 AND GPL-2.0", [["MIT"], ["Apache-2.0", "GPL-2.0-only"]]],
    ["GPL-2.0+", [["GPL-2.0-or-later"]]],
    ["lgpl-2.1", [["LGPL-2.1-only"]]],
    ["Apache-1.1+", [["Apache-1.1+"]]],
    ["GPL-2.0 WITH Classpath-exception-2.0", [["GPL-2.0-only WITH Classpath-exception-2.0"]]],
    ["MIT with x AND isc", [["ISC", "MIT WITH x"]]],
    ["LicenseRef-Acme", [["LicenseRef-Acme"]]],
    ["DocumentRef-a.b:LicenseRef-c", [["DocumentRef-a.b:LicenseRef-c"]]],
    ["MIT AND MIT", [["MIT"]]],
    ["", undefined],
    ["NOASSERTION", undefined],
    ["NONE", undefined],
    ["MIT Apache-2.0", undefined],
    ["MIT OR", undefined],
    ["OR MIT", undefined],
    ["(MIT", undefined],
    ["MIT)", undefined],
    ["MIT/Apache-2.0", undefined],
    ["MIT, Apache-2.0", undefined],
    ["MIT && ISC", undefined],
    ["MIT WITH", undefined],
    ["SEE LICENSE IN LICENSE.txt", undefined],
    ["MIT\u0000", undefined],
    ["(".repeat(40) + "MIT" + ")".repeat(40), undefined],
  ])("%s", (text, choices) => {
    expect(readLicenceExpression(text)).toEqual(choices);
  });

  it("gives up where alternatives explode", () => {
    expect(
      readLicenceExpression(
        Array.from({ length: 5 }, (_, i) => `(a${String(i)} OR b${String(i)})`).join(" AND "),
      ),
    ).toBe(undefined);
    expect(readLicenceExpression(Array.from({ length: 9 }, (_, i) => `a${String(i)}`).join(" AND "))).toBe(
      undefined,
    );
  });

  it("never throws, and reads what it gives again as the same", () => {
    const word = fc.constantFrom(
      "MIT",
      "ISC",
      "Apache-2.0",
      "GPL-2.0+",
      "AND",
      "OR",
      "WITH",
      "(",
      ")",
      "x",
      "+",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const choices = readLicenceExpression(words.join(" "));
        if (choices === undefined) return;
        const again = choices.map((choice) => `(${choice.join(" AND ")})`).join(" OR ");
        expect(readLicenceExpression(again)).toEqual(choices);
      }),
      { numRuns: 500 },
    );
  });
});
