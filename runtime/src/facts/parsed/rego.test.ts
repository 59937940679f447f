// The Rego parsers say the same as the native ones, on examples and on texts near to them, in real OPA.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRego, evaluateRego, findOpa, skipsWithout } from "../../testing/index.ts";
import type { ParsedTypeDefinition } from "../../core/types/parsed-type.ts";
import { parsedTypes } from "./registry.ts";
import { regoTypeModules } from "./rego.ts";
import { nearbyTexts } from "./testing/nearby-texts.ts";
import { parsedAsJson } from "./testing/parsed-as-json.ts";

const opa = findOpa();
const names = [...parsedTypes.keys()];
const modules = Object.fromEntries(
  regoTypeModules(names).map((module) => [`${module.name}.rego`, module.source]),
);
const RUNS = Number(process.env.AEGIS_FUZZ_RUNS ?? 400);

const textsOf = (definition: ParsedTypeDefinition): string[] => [
  ...definition.examples.valid.map((example) => example.text),
  ...definition.examples.invalid,
  ...fc.sample(nearbyTexts(definition), { numRuns: RUNS }),
];

describe("regoTypeModules", () => {
  it("brings what a module calls", () => {
    expect(regoTypeModules(["url"]).map((module) => module.name)).toEqual(["host", "ip", "url"]);
    expect(() => regoTypeModules(["__proto__"])).toThrow(RangeError);
  });

  it.skipIf(skipsWithout("opa", opa))("passes opa check --strict and opa fmt", () => {
    expect(checkRego(opa ?? "", modules)).toBe("");
  });

  it.skipIf(opa === undefined)("parses like the native parsers", { timeout: 120_000 }, () => {
    const texts = new Map(
      [...parsedTypes.values()].map((definition) => [definition.name, textsOf(definition)]),
    );
    const main = names.map(
      (name) =>
        `${name} := [object.get({"v": v | v := data.aegis.types.${name}.parse(text)}, "v", null) | some text in input.${name}]`,
    );
    const found = evaluateRego(
      opa ?? "",
      { ...modules, "main.rego": `package main\n\nimport rego.v1\n\n${main.join("\n\n")}\n` },
      "data.main",
      Object.fromEntries(texts),
    ) as Record<string, unknown[]>;
    for (const [name, all] of texts) {
      all.forEach((text, index) => {
        const native = parsedTypes.get(name)?.parse(text);
        expect(found[name]?.[index], `${name} ${JSON.stringify(text)}`).toEqual(
          native === undefined ? null : parsedAsJson(native, parsedTypes.get(name)!),
        );
      });
    }
  });
});
