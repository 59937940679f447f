// A module of ten rules with all entrypoints stays small, with two patterns too.
import { compileText } from "@aegis/compiler/testing";
import { describe, expect, it } from "vitest";
import { patternedTen } from "../../bench/wasm/patterned-ten.ts";
import { ruleSet } from "../../bench/workload/rule-set.ts";
import { toAegis } from "../../bench/workload/to-aegis.ts";
import { moduleOf } from "./module.ts";

const sizeOf = (text: string): number => moduleOf(compileText({ "bench.aegis": text }).ir).length;

describe("a module of ten rules", () => {
  it("has at most 25,000 bytes", () => {
    expect(sizeOf(toAegis(ruleSet(10)))).toBeLessThanOrEqual(25_000);
  });

  it("has at most 25 KB with two patterns", () => {
    expect(sizeOf(patternedTen())).toBeLessThanOrEqual(25_600);
  });
});
