// A program in a bundle is the program that was compiled: written, read and written again, whatever it holds.
import { decodeIr, decodeIrText, encodeIr, type IrProgram, printIr } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomProgram } from "../random-ir/program.ts";

type Path = readonly number[];

const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe("the form of programs in bundles", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const program = randomProgram(seed);
        const text = encodeIr(program);
        const decoded = decodeIrText(text, platform);
        expect(decoded).toEqual({ ok: true, ir: program });
        if (!decoded.ok) return;
        expect(encodeIr(decoded.ir)).toBe(text);
        expect(printIr(decoded.ir)).toBe(printIr(program));
        // What is shared in memory or not makes no difference.
        expect(encodeIr(JSON.parse(JSON.stringify(program)) as IrProgram)).toBe(text);
        expect(decodeIr(JSON.parse(text), platform)).toEqual(decoded);
      }),
      { numRuns: 60 },
    );
  });

  it("never makes the decoder throw, and what was changed is read as what it says", () => {
    const members = [
      "types",
      "nodes",
      "reads",
      "rules",
      "expressions",
      "actions",
      "labels",
      "counters",
    ] as const;
    const values = fc.oneof(
      fc.integer({ min: -1, max: 40 }),
      fc.constantFrom(null, "", "deny", true, [], {}, 0.5),
    );
    let accepted = 0;
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...members),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
        values,
        (seed, member, path, value) => {
          const json = JSON.parse(encodeIr(randomProgram((seed % 20) + 1))) as Record<string, unknown>;
          const changed = { ...json, [member]: replaced(json[member], path, value) };
          const decoded = decodeIr(changed, platform);
          if (!decoded.ok) return;
          accepted++;
          const again = decodeIrText(encodeIr(decoded.ir), platform);
          expect(again).toEqual(decoded);
        },
      ),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});

/** Arrays to their place; what lies deeper than there is stays. */
function replaced(value: unknown, [first = 0, ...rest]: Path, by: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return by;
  const at = first % value.length;
  return (value as unknown[]).map((item, index) =>
    index === at ? (rest.length === 0 ? by : replaced(item, rest, by)) : item,
  );
}
