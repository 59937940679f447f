// The production engines decide as the reference interpreter does: random programs, requests good, odd, hostile and broken.
import {
  generatedAfter,
  canonicalJson,
  createInterpreter,
  createNativeEngine,
  type IrProgram,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { brokenBytes } from "../random-ir/broken-bytes.ts";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";
import { randomRequest } from "../random-ir/request.ts";

const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 12);
const REQUESTS = Number(process.env["AEGIS_FUZZ_REQUESTS"] ?? 150);
const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);

/** Code is generated after the first try, so that all later ones run it. */
const engines = (program: IrProgram) =>
  [
    ["closures", createNativeEngine(program, platform, { promotion: null })],
    ["generated", createNativeEngine(program, platform, { promotion: generatedAfter(0) })],
  ] as const;

describe("production engines and the reference interpreter", () => {
  it.each(Array.from({ length: PROGRAMS }, (_, index) => FIRST + index))("agree on program %i", (seed) => {
    const program = randomProgram(seed);
    const reference = createInterpreter(program, platform);
    const random = new Random(seed + 2_000_000);
    const codes = new Set<string>();
    for (const [name, engine] of engines(program)) {
      for (let count = 0; count < REQUESTS; count += 1) {
        const text = randomRequest(program, random);
        const expected = reference.decideText(text);
        codes.add(expected.code);
        const where = `${name}, seed ${String(seed)}: ${text}`;
        expect(canonicalJson(engine.decideText(text)), where).toBe(canonicalJson(expected));
        const bytes = new TextEncoder().encode(text);
        expect(engine.decideText(bytes), where).toEqual(expected);
        const request: unknown = JSON.parse(text);
        expect(canonicalJson(engine.decide(request)), where).toBe(canonicalJson(reference.decide(request)));
        expect(engine.visible(request), where).toEqual(reference.visible(request));
        const broken = brokenBytes(bytes, random);
        expect(canonicalJson(engine.decideText(broken)), `${where} as ${String(broken)}`).toBe(
          canonicalJson(reference.decideText(broken)),
        );
      }
    }
    expect(codes.size).toBeGreaterThan(1);
    expect(codes).not.toContain("internal_error");
  });
});
