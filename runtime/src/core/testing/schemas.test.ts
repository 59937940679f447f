// Tests of the published JSON Schemas: they agree with what the engines read and write.
import { readFileSync, readdirSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInterpreter } from "../evaluate/interpreter/create-interpreter.ts";
import { decodeIr } from "../ir/decode/decode-ir.ts";
import { encodeIr } from "../ir/encode-ir.ts";
import { STRING, setOf } from "../types/type.ts";
import { action, arg, buildProgram, call, compare, constant, field, text } from "./build-program.ts";
import { testPlatform } from "./test-platform.ts";

const folder = new URL("../../../schemas/", import.meta.url);
const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
  strictTuples: false,
});
const names = readdirSync(folder).sort();
const schemas = names.map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as { $id: string },
);
ajv.addSchema(schemas);
const idOf = (name: string): string => `https://aegis.dev/schemas/${name}/${name === "ir" ? 2 : 1}.json`;
const fits = (name: string, document: unknown): boolean => ajv.validate(idOf(name), document);

const program = buildProgram({
  actions: [action("git", "push", [field("branch", STRING)])],
  labels: [{ id: "p.seen", scope: "agent", key: [STRING], max: 5, transitions: [] }],
  counters: [
    {
      id: "p.n",
      type: "decimal",
      scope: "agent",
      key: [],
      window: 3600,
      max: 1,
      targets: [{ action: 0, key: [], amount: 1, settle: null }],
    },
  ],
  expressions: [constant({ kind: "decimal" }, 250_000)],
  rules: [
    { id: "p.allow", on: [0] },
    {
      id: "p.ask",
      effect: "approval",
      on: [0],
      when: call("starts_with", arg("branch"), text("a")),
      approval: { by: [{ role: "r", count: 2 }, { count: 1 }], via: ["c"], within: 60_000 },
    },
    {
      id: "p.clean",
      effect: "sanitize",
      on: [0],
      when: call("ends_with", arg("branch"), text("b")),
      redactions: [{ path: "/args/branch", matching: null, with: { kind: "truncate", keep: 2 } }],
    },
    {
      id: "p.stop",
      effect: "deny",
      on: [0],
      hint: "no",
      when: compare("eq", arg("branch"), text("main")),
      waivers: [
        {
          id: "p.x",
          until: 9e12,
          when: { kind: "member", item: text("a"), of: constant(setOf(STRING), ["a"]) },
        },
      ],
    },
    {
      id: "p.watch",
      effect: "deny",
      on: [0],
      shadow: { until: 9e12 },
      when: { kind: "label", cell: 0, key: [arg("branch")], maybe: true },
    },
    {
      id: "p.hold",
      effect: "deny",
      phase: "result",
      on: [0],
      reason: [{ kind: "value", values: [2], path: "" }],
    },
  ],
});

describe("schemas", () => {
  it("have an id with a version each", () => {
    expect(names).toEqual(
      ["bundle-metadata", "decision", "event", "ir", "request", "trace"].map((name) => `${name}.schema.json`),
    );
    expect(schemas.map(({ $id }) => $id)).toEqual(
      names.map((name) => idOf(name.replace(".schema.json", ""))),
    );
  });

  it("accept the example of the design", () => {
    const request = {
      phase: "call",
      agent: {
        id: "codegen-agent",
        roles: ["dev"],
        tenant: "acme",
        clearance: 3,
        on_behalf_of: { id: "u-17", roles: [] },
      },
      tool: "http",
      action: "post",
      args: { url: "https://api.partner.com/v1/orders" },
      context: { time: "2026-11-22T09:00:00Z", session: "s-81", environment: "prod" },
      state: {
        schema: "sha256:x",
        epoch: 7,
        labels: { a: true, b: "maybe", c: { set: ["src/a.ts"], maybe: [], full: false } },
        counters: { d: "12.5", e: { k: "3" } },
      },
      facts: { "/args/url": { origin: ["prompt"] } },
    };
    expect(fits("request", request)).toBe(true);
    expect(fits("request", { ...request, phase: "result" })).toBe(false);
    expect(fits("request", { ...request, phase: "result", result: { status: "ok", value: 1 } })).toBe(true);
    expect(fits("request", { ...request, result: { status: "ok" } })).toBe(false);
    expect(fits("request", { ...request, phase: "result", result: { status: "error", value: 1 } })).toBe(
      false,
    );
    const { tool, action, args, agent } = request;
    const event = {
      phase: "started",
      id: "e",
      call_id: "c",
      seq: 1,
      time: "2026-11-22T09:00:00Z",
      agent,
      tool,
      action,
      args,
    };
    expect(fits("event", event)).toBe(true);
    expect(fits("event", { ...event, result: { status: "ok" } })).toBe(false);
    expect(fits("event", { ...event, phase: "finished", result: { status: "ok" } })).toBe(true);
    expect(
      fits("trace", {
        request: { tool, action, args, agent },
        observed: { executed: true, decision: "allow" },
        missing: ["/args/body"],
      }),
    ).toBe(true);
  });

  it("refuse no request that an engine reads, and accept none that it finds invalid outside the arguments", () => {
    const engine = createInterpreter(program, testPlatform);
    const odd = fc.constantFrom<unknown>(null, 1, "x", [], {}, true);
    const document = fc.record(
      {
        phase: fc.constantFrom("call", "result", null, "list"),
        agent: fc.oneof(
          fc.record({ id: fc.constant("a"), roles: odd, team: odd }, { requiredKeys: ["id"] }),
          odd,
        ),
        tool: fc.constantFrom<unknown>("git", 1),
        action: fc.constant("push"),
        args: fc.constantFrom<unknown>({ branch: "main" }, { branch: "ab" }, { branch: "b" }, [], null),
        context: fc.oneof(
          fc.record(
            { time: fc.constantFrom<unknown>("2026-01-01T00:00:00Z", null, "x") },
            { requiredKeys: [] },
          ),
          odd,
        ),
        state: fc.oneof(
          fc.record(
            {
              labels: fc.constantFrom<unknown>({ "p.seen": { set: ["b"], maybe: [], full: false } }, null),
              schema: fc.constantFrom<unknown>("x", null),
              more: odd,
            },
            { requiredKeys: [] },
          ),
          odd,
        ),
        facts: fc.constantFrom<unknown>({}, null, { "/args/x": {} }, { "/args/x": 1 }, []),
        result: fc.constantFrom<unknown>(
          undefined,
          null,
          { status: "ok", value: 1 },
          { status: "error", value: 1 },
          { status: 1 },
        ),
      },
      { requiredKeys: ["agent", "tool", "action", "args"] },
    );
    fc.assert(
      fc.property(document, (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        const decision = engine.decide(json);
        expect(fits("decision", decision), JSON.stringify(decision)).toBe(true);
        // Null stands for absence wherever a member is optional; the schema says so only at the top.
        if (decision.code !== "invalid_input" && !JSON.stringify(json).includes("null")) {
          expect(fits("request", json), JSON.stringify(json)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("accept every decision of the sample policy", () => {
    const engine = createInterpreter(program, testPlatform);
    const seen = new Set<string>();
    for (const branch of ["main", "ab", "b", "a", "x", 1]) {
      for (const context of [{}, { time: "2026-01-01T00:00:00Z" }]) {
        for (const phase of ["call", "result"]) {
          const decision = engine.decide({
            agent: { id: "a" },
            tool: "git",
            action: "push",
            args: { branch },
            context,
            phase,
            ...(phase === "result" ? { result: { status: "ok", value: 1 } } : {}),
            state: { labels: { "p.seen": { set: ["b"], maybe: [], full: false } }, counters: { "p.n": "0" } },
          });
          seen.add(decision.decision);
          expect(fits("decision", decision), JSON.stringify(decision)).toBe(true);
        }
      }
    }
    expect([...seen].sort()).toEqual(["allow", "approval_needed", "deny", "sanitize"]);
    expect(
      fits("decision", { decision: "allow", code: "default_deny", rules: [], obligations: [], reason: "" }),
    ).toBe(false);
  });

  it("accept what the decoder accepts", () => {
    const json = JSON.parse(encodeIr(program)) as Record<string, unknown>;
    expect(decodeIr(json, testPlatform).ok).toBe(true);
    expect(fits("ir", json), ajv.errorsText()).toBe(true);
    for (const member of Object.keys(json)) {
      const without = Object.fromEntries(Object.entries(json).filter(([name]) => name !== member));
      expect(fits("ir", without)).toBe(false);
      expect(decodeIr(without, testPlatform).ok).toBe(false);
    }
    expect(fits("ir", { ...json, nodes: [["nope"]] })).toBe(false);
    expect(fits("ir", { ...json, nodes: [["not", 0, 1]] })).toBe(false);
  });
});
