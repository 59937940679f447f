// The published JSON Schema and the reader agree: the same keys, and every example is valid and read without a mistake.
import { readFileSync, readdirSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import schema from "../../schemas/policy-yaml.schema.json" with { type: "json" };
import { parseYaml } from "../testing/parse-yaml.ts";
import { YAML_KEYS } from "./yaml/keys.ts";

const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
const check = (text: string): unknown => (validate(parse(text)) ? [] : validate.errors);

const blocks = (path: string): string[] =>
  [...readFileSync(path, "utf8").matchAll(/^```yaml\n([\s\S]*?)\n```$/gm)].map((match) => match[1]!);

interface Node {
  readonly properties?: Record<string, Node>;
  readonly anyOf?: readonly Node[];
}
/** Keys of a definition, over its variants that are mappings. */
function keysOf(node: Node): string[] {
  return [...Object.keys(node.properties ?? {}), ...(node.anyOf ?? []).flatMap(keysOf)];
}

describe("keys", () => {
  const definitions = schema.$defs as Record<string, Node>;
  const inline: Record<string, readonly string[]> = {
    module: Object.keys(schema.properties),
    approved: ["by", "role"],
    row: ["values", "expect"],
    given: ["label", "counter", "key", "value"],
  };
  // One definition holds every kind of step.
  const merged = new Set(["step", "cases"]);
  it.each(Object.entries(YAML_KEYS).filter(([shape]) => !merged.has(shape)))("%s", (shape, keys) => {
    const found = inline[shape] ?? keysOf(definitions[shape]!);
    expect([...new Set(found)].sort()).toEqual([...keys].sort());
  });
  it("steps", () => {
    const single = ["given", "after", "at", "agent", "context", "hidden", "visible"];
    expect([...new Set(keysOf(definitions["step"]!))].sort()).toEqual(
      [...new Set([...YAML_KEYS.step, ...YAML_KEYS.cases, ...single])].sort(),
    );
  });
});

describe("examples", () => {
  const docs = blocks("docs/yaml.md").map(
    (text, index) => [`docs/yaml.md ${String(index + 1)}`, text] as const,
  );
  const pages = readdirSync("docs/diagnostics")
    .filter((name) => name.startsWith("yaml-"))
    .map((name) => [name, blocks(`docs/diagnostics/${name}`)[1]!] as const);
  it.each([...docs, ...pages])("%s is valid", (_, text) => {
    expect(check(text)).toEqual([]);
  });
  it.each(docs)("%s is read", (_, text) => {
    expect(parseYaml(text).diagnostics).toEqual([]);
  });
  it.each([
    ["an unknown key", "agnet: a"],
    ["two effects", "rules: [{ allow: a, deny: b, call: git.push }]"],
    ["a rule without call", "rules: [{ deny: a }]"],
    ["a condition of another form", "conditions: { deny: force }"],
    ["two approvers in one", "rules: [{ require_approval: a, call: x.y, by: { role: a, user: b } }]"],
  ])("refuses %s", (_, text) => {
    expect(check(text)).not.toEqual([]);
    expect(parseYaml(text).diagnostics.length).toBeGreaterThan(0);
  });
});
