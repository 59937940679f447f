// Law 4: every input gets a decision, whatever it is: broken texts, random bytes, and JavaScript values that are no JSON.
import { readFileSync } from "node:fs";
import { createInterpreter, createNativeEngine, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../random-ir/hostile-text.ts";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";

const schema = new URL("../../../runtime/schemas/decision.schema.json", import.meta.url);
const isDecision = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")) as object);
const program = randomProgram(3);
const engines: Readonly<Record<string, Engine>> = {
  reference: createInterpreter(program, platform),
  native: createNativeEngine(program, platform),
};

const cyclic: Record<string, unknown> = { agent: { id: "a" }, tool: "git" };
cyclic["args"] = cyclic;
const throwing = {
  get agent(): never {
    throw new Error("no");
  },
};
const trap = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error("no");
    },
  },
);
const ODD: readonly unknown[] = [
  ...[undefined, null, 0, Number.NaN, 1n, "", Symbol("x"), () => 1, [], {}, new Date(), new Map(), cyclic],
  ...[
    throwing,
    trap,
    Object.create(null),
    new Array(3),
    [[[]]],
    new Uint8Array(3),
    Object.create({ agent: { id: "a" } }),
  ],
];

describe.each(Object.entries(engines))("%s", (_, engine) => {
  const check = (document: unknown): void => {
    if (!isDecision(document)) expect.fail(JSON.stringify([document, isDecision.errors]));
  };

  it("decides any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.string()), (text) =>
        check(engine.decideText(text)),
      ),
      { numRuns: 300 },
    );
  });

  it("decides any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => check(engine.decideText(bytes))),
      { numRuns: 300 },
    );
  });

  it("decides requests broken in every way", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const source = new Random(seed);
        check(engine.decideText(hostileText(randomRequest(program, source), source)));
      }),
      { numRuns: 300 },
    );
  });

  it("decides values that are no JSON, as denials", () => {
    for (const value of ODD) {
      const document = engine.decide(value);
      check(document);
      expect(document.decision).toBe("deny");
      expect(document.code).not.toBe("internal_error");
      check(engine.decide({ agent: { id: "a" }, tool: "git", action: "push", args: value }));
      expect(() => engine.visible(value)).not.toThrow();
    }
  });
});
