// Law 5: the order of rules never matters, not even to a byte of the document.
import { canonicalJson } from "@aegis/runtime/core";
import { describe, expect, it } from "vitest";
import { Random } from "../random-ir/random.ts";
import { decideAll, described, lawCases, lawEngines } from "./law-cases.ts";

describe.each(lawEngines)("on $id", (engine) => {
  it("any order of rules gives the same documents", { timeout: 120_000 }, async () => {
    for (const { seed, program, requests } of lawCases()) {
      const random = new Random(seed);
      const rules = program.rules
        .map((rule) => ({ rule, at: random.next() }))
        .sort((left, right) => left.at - right.at)
        .map(({ rule }) => rule);
      const straight = await decideAll(engine, program, requests);
      const shuffled = await decideAll(engine, { ...program, rules }, requests);
      straight.forEach((document, at) => {
        if (canonicalJson(document) !== canonicalJson(shuffled[at]))
          expect.fail(described(seed, program, requests[at] ?? "", document, shuffled[at]));
      });
    }
  });
});
