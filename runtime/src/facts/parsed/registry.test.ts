// What every parsed type promises: its examples, a canonical form that parses to itself, its grammar, no surprises.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsCodePoints } from "../../core/index.ts";
import { compilePattern } from "../patterns/compile-pattern.ts";
import { parsedTypes } from "./registry.ts";
import { nearbyTexts } from "./testing/nearby-texts.ts";

describe.each([...parsedTypes.values()])("$name", (definition) => {
  it("parses its valid examples to their canonical form", () => {
    for (const { text, canonical } of definition.examples.valid) {
      expect(definition.parse(text)?.canonical, text).toBe(canonical);
    }
  });

  it("refuses its invalid examples", () => {
    for (const text of definition.examples.invalid) {
      expect(definition.parse(text), JSON.stringify(text)).toBeUndefined();
    }
  });

  const fits = (text: string): boolean =>
    fitsCodePoints(text, definition.grammar.maxLength) &&
    compilePattern(definition.grammar.pattern).test(text) &&
    !definition.grammar.except.some((pattern) => compilePattern(pattern).test(text));

  const nearby = nearbyTexts(definition);

  it("agrees with its published grammar, and parses its canonical form to itself", () => {
    fc.assert(
      fc.property(nearby, (text) => {
        const value = definition.parse(text);
        if (value === undefined) {
          expect(fits(text) && definition.grammar.further === null).toBe(false);
          return;
        }
        expect(fits(text)).toBe(true);
        expect(value.text).toBe(text);
        expect(definition.parse(value.canonical)?.canonical).toBe(value.canonical);
      }),
      { numRuns: 1500 },
    );
  });

  it("has values for the parts that it declares, and only for those", () => {
    for (const { text } of [...definition.examples.valid, definition.zero]) {
      const value = definition.parse(text);
      for (const [name, { type }] of Object.entries(definition.parts)) {
        if (type.kind !== "optional") expect(value?.part(name), `${text} ${name}`).toBeDefined();
      }
      for (const name of ["__proto__", "constructor", "toString", ""]) {
        expect(value?.part(name)).toBeUndefined();
      }
    }
  });

  it("takes long hostile texts in its stride", () => {
    const start = performance.now();
    for (const piece of ["a", "a.", "/a", "-", "0:", "a@", "%2e", "\\", "'", "$(", " "]) {
      for (const { text } of definition.examples.valid.slice(0, 2))
        definition.parse(text + piece.repeat(50_000));
      definition.parse(piece.repeat(100_000));
    }
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
