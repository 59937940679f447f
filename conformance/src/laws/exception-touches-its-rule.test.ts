// Law 5: an exception touches its rule only: the decision is that with the rule enforced, or that without the rule.
import { canonicalJson, type DecisionDocument, type IrProgram } from "@aegis/runtime/core";
import { describe, expect, it } from "vitest";
import { decideAll, described, lawCases, lawEngines } from "./law-cases.ts";

const hasWaivers = ({ rules }: IrProgram): boolean => rules.some(({ waivers }) => waivers.length > 0);

const verdict = ({ decision, code, rules, obligations }: DecisionDocument): string =>
  canonicalJson({ decision, code, rules, obligations });

describe.each(lawEngines)("on $id", (engine) => {
  it(
    "a waived rule is as if it were not there, any other as if there were no exception",
    { timeout: 120_000 },
    async () => {
      let waived = 0;
      for (const { seed, program, requests } of lawCases(hasWaivers, 40)) {
        const given = await decideAll(engine, program, requests);
        for (const [at, rule] of program.rules.entries()) {
          if (rule.waivers.length === 0 || rule.shadow !== undefined) continue;
          const enforced = { ...program, rules: program.rules.with(at, { ...rule, waivers: [] }) };
          const without = { ...program, rules: program.rules.toSpliced(at, 1) };
          const asEnforced = await decideAll(engine, enforced, requests);
          const asWithout = await decideAll(engine, without, requests);
          given.forEach((document, index) => {
            const held = document.waived?.some((each) => each.rule === rule.id) === true;
            if (held) waived += 1;
            const expected = (held ? asWithout : asEnforced)[index];
            if (expected === undefined || verdict(expected) === verdict(document)) return;
            expect.fail(`${rule.id}\n${described(seed, program, requests[index] ?? "", document, expected)}`);
          });
        }
      }
      expect(waived).toBeGreaterThan(0);
    },
  );
});
