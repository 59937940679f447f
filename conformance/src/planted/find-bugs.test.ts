// The harness finds bugs that were planted in an engine; the long way is `npm run conform:planted`.
import { describe, expect, it } from "vitest";
import { findBugs } from "./find-bugs.ts";
import { plantedBugs } from "./planted-bugs.ts";

describe("planted bugs", () => {
  it("are twenty at least, each with a name of its own", () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(20);
    expect(new Set(plantedBugs.map(({ id }) => id)).size).toBe(plantedBugs.length);
  });

  it("are nearly all found within 1,500 pairs", { timeout: 120_000 }, () => {
    const found = findBugs(plantedBugs, { first: 1, pairs: 1500, requestsPerProgram: 30 });
    const missed = [...found].filter(([, pairs]) => pairs === null).map(([id]) => id);
    expect(missed.length, missed.join(", ")).toBeLessThanOrEqual(8);
  });

  it("are not found where there is none", () => {
    const none = { id: "none", doc: "no bug" };
    expect([...findBugs([none], { first: 1, pairs: 600, requestsPerProgram: 30 })]).toEqual([["none", null]]);
  });
});
