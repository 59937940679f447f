// Importing MCP manifests: every form of list, every kind of schema, and what must be refused.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { printType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printManifestAsAegis } from "./print-manifest.ts";
import { readManifest } from "./read-manifest.ts";

const tool = (name: string, properties: unknown, more: object = {}) => ({
  name,
  inputSchema: { type: "object", properties, ...more },
});
const read = (value: unknown, path = "x.tools.json") => readManifest(JSON.stringify(value), path);

/** Type of the one argument `x` that a schema describes, with the notes. */
function typed(schema: unknown, more: object = { required: ["x"] }) {
  const manifest = read({ tools: [tool("t", { x: schema }, more)] });
  expect(manifest.problems).toEqual([]);
  const type = manifest.actions[0]!.params[0]!.type as Type;
  return { type, text: printType(type), notes: manifest.notes };
}

describe("schemas become types", () => {
  it.each([
    [{ type: "string" }, "string"],
    [{ type: "string", format: "uri" }, "string"],
    [{ type: "boolean" }, "bool"],
    [{ type: "integer" }, "int"],
    [{ type: "number" }, "decimal"],
    [{ type: "array", items: { type: "string" } }, "list<string>"],
    [{ type: "array" }, "list<json>"],
    [{ type: "array", items: { type: ["string", "null"] } }, "list<json>"],
    [{ type: "object", additionalProperties: { type: "string" } }, "map<string, string>"],
    [{ type: "object" }, "json"],
    [{ type: "object", properties: {}, additionalProperties: {} }, "json"],
    [{ type: "object", properties: {}, additionalProperties: false }, "{}"],
    [{ type: "object", properties: { a: { type: "string" } } }, "{ a: string? }"],
    [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: true },
      "{ a: string, ... }",
    ],
    [{ type: ["string", "null"] }, "string?"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string?"],
    [{ type: "string", nullable: true }, "string?"],
    [{ anyOf: [{ type: "object", nullable: true }, { type: "string" }] }, "json?"],
    [{ type: "null" }, "json?"],
    [{ enum: ["a", "b"] }, "t_x"],
    [{ const: "a" }, "t_x"],
    [{ type: "string", enum: ["a", null] }, "t_x?"],
    [{ anyOf: [{ const: "a" }, { const: "b" }] }, "t_x"],
    [{ oneOf: [{ type: "string" }, { type: "string", enum: ["auto"] }] }, "string"],
    [{ anyOf: [{ type: "integer" }, { type: "number" }] }, "decimal"],
    [{ anyOf: [{ type: "string" }, { type: "boolean" }] }, "json"],
    [{ type: ["boolean", "string"] }, "json"],
    [{ allOf: [{ type: "string" }] }, "string"],
    [{ allOf: [{ type: "string" }, { maxLength: 3 }] }, "json"],
    [{}, "json"],
    [true, "json"],
    [{ description: "anything" }, "json"],
    [{ enum: ["a", 1] }, "json"],
    [{ $ref: "http://example.com/x.json" }, "json"],
    [{ $ref: "other.json#/x" }, "json"],
    [{ $ref: "#/nowhere" }, "json"],
    [{ $ref: "#/properties/x" }, "json"],
    [{ type: "array", prefixItems: [{ type: "string" }] }, "json"],
    [{ type: "object", patternProperties: { "^a": {} } }, "json"],
  ])("%j is %s", (schema, expected) => {
    expect(typed(schema).text).toBe(expected);
  });

  it("keeps bounds in the unit of the type", () => {
    expect(typed({ type: "integer", minimum: 1, maximum: 9 }).type).toEqual({ kind: "int", min: 1, max: 9 });
    expect(typed({ type: "integer", exclusiveMinimum: 0 }).type).toEqual({ kind: "int", min: 1 });
    expect(typed({ type: "integer", minimum: 0, exclusiveMinimum: true }).type).toEqual({
      kind: "int",
      min: 1,
    });
    expect(typed({ type: "integer", minimum: 0.5, maximum: 2.5 }).type).toEqual({
      kind: "int",
      min: 1,
      max: 2,
    });
    expect(typed({ type: "number", minimum: 0.1, exclusiveMaximum: 1 }).type).toEqual({
      kind: "decimal",
      min: 100_000,
      max: 999_999,
    });
    expect(typed({ type: "integer", maximum: 9007199254740991, minimum: -1e30 }).type).toEqual({
      kind: "int",
    });
    expect(typed({ type: "string", maxLength: 5 }).type).toEqual({ kind: "string", max: 5 });
    expect(typed({ type: "array", items: { type: "string" }, maxItems: 5 }).type).toMatchObject({ max: 5 });
    expect(typed({ enum: [1, 3] }).type).toEqual({ kind: "int", min: 1, max: 3 });
  });

  it("says what a type does not keep", () => {
    expect(typed({ type: "string", pattern: "^a" }).notes).toMatchObject([
      { kind: "widened", action: "t", pointer: "/inputSchema/properties/x/pattern" },
    ]);
    expect(typed({ allOf: [{}, {}] }).notes).toMatchObject([
      { kind: "opaque", pointer: "/inputSchema/properties/x" },
    ]);
    expect(typed({ type: "string" }, { required: ["x"], additionalProperties: true }).notes).toMatchObject([
      { kind: "narrowed", pointer: "/inputSchema" },
    ]);
  });

  it("makes what is not required optional and imports no default", () => {
    const { type } = typed({ type: "boolean", default: true }, {});
    expect(type).toEqual({ kind: "optional", of: { kind: "bool" } });
    expect(
      read([tool("t", { x: { type: "boolean", default: true } })]).actions[0]!.params[0],
    ).not.toHaveProperty("default");
  });

  it("follows references inside the schema, and stops at cycles", () => {
    const node = { type: "object", properties: { next: { $ref: "#/$defs/node" }, v: { $ref: "#/$defs/v" } } };
    const { text, notes } = typed(
      { $ref: "#/$defs/node" },
      { required: ["x"], $defs: { node, v: { type: "integer" } } },
    );
    expect(text).toBe("{ next: json?, v: int? }");
    expect(notes).toMatchObject([{ kind: "opaque", message: "the schema refers to itself" }]);
  });

  it("survives references that multiply", () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `d${i}`,
        {
          type: "object",
          properties: { a: { $ref: `#/$defs/d${i + 1}` }, b: { $ref: `#/$defs/d${i + 1}` } },
        },
      ]),
    );
    const started = Date.now();
    expect(
      typed({ $ref: "#/$defs/d0" }, { $defs }).notes.some((each) => each.message.includes("too large")),
    ).toBe(true);
    expect(Date.now() - started).toBeLessThan(2000);
  });

  it("keeps arguments with hostile names as data", () => {
    const manifest = readManifest(
      '{"tools":[{"name":"t","inputSchema":{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}}}}]}',
      "x",
    );
    expect(manifest.actions[0]!.params.map((each) => each.name)).toEqual(["__proto__", "constructor"]);
  });

  it("reads results open, hints as data", () => {
    const manifest = read([
      {
        ...tool("t", {}),
        description: "does\u200b things",
        outputSchema: { type: "object", properties: { cost: { type: "number" } }, required: ["cost"] },
        annotations: { readOnlyHint: true, destructiveHint: "no", other: 1, title: "T" },
      },
    ]);
    expect(printType(manifest.actions[0]!.result)).toBe("{ cost: decimal, ... }");
    expect(manifest.actions[0]!.annotations).toEqual({ readOnlyHint: true, title: "T" });
    expect(manifest.actions[0]!.doc).toBe("does\\u{200b} things");
  });
});

describe("lists", () => {
  const t = tool("a", {});
  const u = tool("b", {});
  it.each([
    [[t, u]],
    [{ tools: [t, u] }],
    [{ jsonrpc: "2.0", id: 1, result: { tools: [t, u] } }],
    [[{ tools: [t], nextCursor: "2" }, { tools: [u] }]],
    [[{ result: { tools: [t], nextCursor: "2" } }, { result: { tools: [u] } }]],
  ])("form %#", (form) => {
    const manifest = read(form);
    expect(manifest.problems).toEqual([]);
    expect(manifest.actions.map((each) => each.name)).toEqual(["a", "b"]);
  });

  it("chooses a part of a file by pointer", () => {
    expect(read({ suites: { bank: [t] } }, "f.json#/suites/bank").actions).toHaveLength(1);
    expect(read({ suites: { bank: [t] } }, "f.json#/suites/shop").problems).toHaveLength(1);
  });

  it.each([
    ["twice", { tools: [t, t] }],
    ["alike in case", [tool("read-x", {}), tool("Read_X", {})]],
    ["alike in width", [tool("read", {}), tool("ｒead", {})]],
    ["no name", [{ inputSchema: {} }]],
    ["hidden", [tool("re\u200bad", {})]],
    ["hidden argument", [tool("read", { "a\u202e": {} })]],
    ["no schema", [{ name: "a" }]],
    ["not an object", [{ name: "a", inputSchema: { type: "string" } }]],
    ["truncated", { tools: [t], nextCursor: "2" }],
    ["empty", { tools: [] }],
    ["something else", { a: 1 }],
    ["pages mixed", [{ tools: [t] }, { other: 1 }]],
  ])("refuses: %s", (_, form) => {
    expect(read(form).problems).toHaveLength(1);
  });

  it("refuses what is no strict JSON", () => {
    expect(readManifest("{", "x").problems).toHaveLength(1);
    expect(readManifest("", "x").problems).toHaveLength(1);
  });
});

describe("any JSON is survived", () => {
  it("never throws, always gives actions or a problem", () => {
    const schema = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        fc.record(
          {
            type: fc.oneof(
              fc.constantFrom("string", "object", "array", "null", "integer", "number"),
              fc.jsonValue(),
            ),
            properties: fc.dictionary(fc.string(), tie("node")),
            items: tie("node"),
            anyOf: fc.array(tie("node"), { maxLength: 3 }),
            enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
            $ref: fc.constantFrom("#", "#/properties/x", "#/%", "x"),
            required: fc.array(fc.string(), { maxLength: 2 }),
            minimum: fc.oneof(fc.double(), fc.jsonValue({ maxDepth: 1 })),
            additionalProperties: tie("node"),
            nullable: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
      ),
    })).node;
    fc.assert(
      fc.property(schema, schema, (input, output) => {
        const manifest = read([{ name: "t", inputSchema: input, outputSchema: output }]);
        expect(manifest.actions.length + manifest.problems.length).toBeGreaterThan(0);
        for (const param of manifest.actions[0]?.params ?? []) printType(param.type);
      }),
      { numRuns: 80 },
    );
  });
});

const data = join(process.env.AEGIS_DATA ?? "../shared/data", "mcp");
describe.skipIf(!existsSync(data))("real servers (skipped without the data folder)", () => {
  const files = existsSync(data) ? readdirSync(data).filter((name) => name.endsWith(".tools.json")) : [];
  it.each(files)("%s imports", (file) => {
    const source = readFileSync(join(data, file), "utf8");
    const manifest = readManifest(source, file);
    expect(manifest.problems).toEqual([]);
    const listed = (JSON.parse(source) as { tools: { name: string }[] }).tools.map((each) => each.name);
    expect(manifest.actions.map((each) => each.name)).toEqual(listed);
    expect(printManifestAsAegis(manifest.actions, { tool: "x" })).toContain("tool x {");
  });
  const suites = join(data, "..", "agentdojo", "tools.json");
  it.each(["workspace", "travel", "banking", "slack"])("agentdojo suite %s imports", (suite) => {
    const manifest = readManifest(readFileSync(suites, "utf8"), `tools.json#/suites/${suite}`);
    expect(manifest.problems).toEqual([]);
    expect(manifest.actions.length).toBeGreaterThan(5);
  });
});
