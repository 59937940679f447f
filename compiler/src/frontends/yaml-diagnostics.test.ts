// Every diagnostic of the YAML front end has a page whose first example gives exactly it, and whose second mends it.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { yamlDiagnostics } from "../diagnostics/catalogue/yaml.ts";
import { parseYaml } from "../testing/parse-yaml.ts";

const pageOf = (code: string): string => `docs/diagnostics/${code.replace("/", "-")}.md`;
const examplesOf = (code: string): string[] =>
  [...readFileSync(pageOf(code), "utf8").matchAll(/^```yaml\n([\s\S]*?)\n```$/gm)].map((match) => match[1]!);

describe.each(yamlDiagnostics.$all.map((each) => [each.code, each.severity] as const))(
  "%s",
  (code, severity) => {
    it("has a page", () => {
      expect(existsSync(pageOf(code))).toBe(true);
    });
    it("is what the first example gives, once, with a place in it", () => {
      const [broken] = examplesOf(code);
      const found = parseYaml(broken!).diagnostics.filter(
        (each) => each.severity === severity || each.code === code,
      );
      expect(found.map((each) => each.code)).toEqual([code]);
      expect(found[0]!.span.start).toBeLessThanOrEqual(found[0]!.span.end);
      expect(found[0]!.span.end).toBeLessThanOrEqual(broken!.length);
      expect(found[0]!.message + (found[0]!.help ?? "")).not.toMatch(/\{\w+\}/);
    });
    it("is mended by the second", () => {
      const [, mended] = examplesOf(code);
      expect(parseYaml(mended!).diagnostics).toEqual([]);
    });
  },
);
