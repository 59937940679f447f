// Patterns whose automaton would be too large run step by step in the module, and find what the others find.
import { compileText } from "@aegis/compiler/testing";
import { canonicalJson, parsePattern } from "@aegis/runtime/core";
import { expect, it } from "vitest";
import { buildAutomaton } from "../../../compiler/src/backends/wasm/patterns/build-automaton.ts";
import { compileSteps } from "../../../compiler/src/backends/wasm/patterns/compile-steps.ts";
import { engines } from "../engines/engine-registry.ts";
import { compareEngines } from "../harness/compare.ts";
import { loadEngines } from "../harness/loaded-engines.ts";
import { Random } from "../random-ir/random.ts";

/** What stood some places before an end cannot be told by few states. */
const PATTERNS = {
  far: "[ab]*a[ab]{16}c",
  bounded: "\\b[ab]*a[ab]{15}\\b",
  wide: "(?:[ab]{0,3}a|\u00e9[^b]{2})[ab\u00e9]{14}$",
};
const LETTERS = ["a", "b", "a", "b", "c", "\u00e9", " ", "\u{1f600}"];
const running = [...engines.values()].filter(
  ({ id, runs, missing }) => runs === "process" && id !== "js" && missing() === null,
);

it("the patterns are too large indeed", () => {
  for (const source of Object.values(PATTERNS)) {
    const parsed = parsePattern(source);
    expect(parsed.ok && buildAutomaton(compileSteps(parsed.canonical))).toBe(undefined);
  }
});

it("every engine finds them in the same texts", async () => {
  const names = Object.keys(PATTERNS);
  const { ir } = compileText({
    "p.aegis": `package p
${Object.entries(PATTERNS)
  .map(([name, source]) => `pattern ${name}_pattern = re"${source}"`)
  .join("\n")}
tool t { act(s: string, j: json?) }
${names.map((name) => `deny ${name}: t.act when args.s matches ${name}_pattern`).join("\n")}
${names.map((name) => `deny ${name}_inside: t.act when args.j where present matches ${name}_pattern`).join("\n")}
`,
  });
  const random = new Random(5);
  const text = (): string =>
    random
      .times(14 + random.below(12), () => random.pick(random.chance(0.9) ? ["a", "b"] : LETTERS))
      .join("") + random.pick(["", "c", " "]);
  const requests = random.times(400, () =>
    JSON.stringify({
      agent: { id: "a" },
      tool: "t",
      action: "act",
      args: { s: text(), j: { [text()]: [text()] } },
    }),
  );
  const loaded = await loadEngines(ir, running, { prebuilt: () => undefined });
  const { divergences, reference } = await compareEngines(loaded, requests);
  loaded.close();
  expect(divergences.map(({ request, documents }) => [request, ...documents])).toEqual([]);
  const matched = reference.map((document) => (document as { readonly rules: readonly string[] }).rules);
  for (const rule of names.flatMap((name) => [`p.${name}`, `p.${name}_inside`])) {
    const count = matched.filter((rules) => rules.includes(rule)).length;
    expect(count, `${rule}: ${canonicalJson(count)}`).toBeGreaterThan(5);
    expect(count).toBeLessThan(requests.length);
  }
});
