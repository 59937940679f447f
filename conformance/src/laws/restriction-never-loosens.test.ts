// Law 5: for one request and state, one more restricting rule never loosens.
import { describe, expect, it } from "vitest";
import { decideAll, described, lawCases, lawEngines, strictness, withoutEach } from "./law-cases.ts";

describe.each(lawEngines)("on $id", (engine) => {
  it("one more restricting rule never loosens", { timeout: 120_000 }, async () => {
    let tightened = 0;
    for (const { seed, program, requests } of lawCases()) {
      const withAll = await decideAll(engine, program, requests);
      for (const { rule, without } of withoutEach(program, ({ effect }) => effect !== "allow")) {
        const withLess = await decideAll(engine, without, requests);
        withAll.forEach((document, at) => {
          const before = withLess[at];
          if (before === undefined) return;
          if (strictness(document) > strictness(before)) tightened += 1;
          if (strictness(document) < strictness(before))
            expect.fail(`${rule.id}\n${described(seed, program, requests[at] ?? "", document, before)}`);
        });
      }
    }
    expect(tightened).toBeGreaterThan(20);
  });
});
