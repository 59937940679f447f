// Automata and machines of steps find what the pattern engine of the runtime finds.
import { parsePattern } from "@aegis/runtime/core";
import { compilePattern } from "@aegis/runtime/facts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Automaton, buildAutomaton, FOUND, NOWHERE } from "./build-automaton.ts";
import { compileSteps } from "./compile-steps.ts";
import { utf8Ranges } from "./utf8-ranges.ts";

function finds({ start, columns, classes, table, ends }: Automaton, text: string): boolean {
  let state = start;
  for (const byte of new TextEncoder().encode(text)) {
    state = table[state * columns + (classes[byte] ?? 0)] ?? 0;
    if (state === FOUND || state === NOWHERE) return state === FOUND;
  }
  return ends[state] === true;
}

const piece = fc.constantFrom(
  "a",
  "b",
  ".",
  "[^a]",
  "é",
  "😀",
  "\\b",
  "^",
  "$",
  "[a-c0-9_]",
  "(?:ab|c)",
  "x{2,3}",
  "[a-\\x{10ffff}]",
);
const pattern = fc
  .array(
    fc
      .tuple(piece, fc.constantFrom("", "", "*", "+", "?", "{2}"))
      .map(([of, times]) => (/^[\^$]|^\\b/.test(of) ? of : of + times)),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.join(""))
  .chain((one) => fc.constantFrom(one, `${one}|b`, `(?:${one})a`));
const text = fc.array(fc.constantFrom("a", "b", "c", "x", "é", "😀", " ", "_", "\n", "\u0800", "\uffff"), {
  maxLength: 8,
});

describe("patterns", () => {
  it("find alike", () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 4, maxLength: 8 }), (source, texts) => {
        const parsed = parsePattern(source);
        fc.pre(parsed.ok);
        if (!parsed.ok) return;
        const matcher = compilePattern(parsed.canonical);
        const automaton = buildAutomaton(compileSteps(parsed.canonical));
        fc.pre(automaton !== undefined);
        for (const letters of texts) {
          const given = letters.join("");
          expect(automaton === undefined || finds(automaton, given), JSON.stringify([source, given])).toBe(
            matcher.test(given),
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it("give up on what would have too many states", () => {
    const parsed = parsePattern("a.{40}b.{40}a");
    expect(parsed.ok && buildAutomaton(compileSteps(parsed.canonical))).toBeUndefined();
  });

  it("cover each code point once", () => {
    const ranges = utf8Ranges(0, 0x10ffff);
    for (const codePoint of [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff]) {
      const bytes = new TextEncoder().encode(String.fromCodePoint(codePoint));
      const fitting = ranges.filter(
        (sequence) =>
          sequence.length === bytes.length &&
          sequence.every(
            ([first, last], index) => (bytes[index] ?? -1) >= first && (bytes[index] ?? 256) <= last,
          ),
      );
      expect(fitting.length).toBe(1);
    }
  });
});
