// A long run counts what it did, adds up, finds what is planted, and says what it did not exercise.
import { createInterpreter, type DecisionDocument } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { describe, expect, it } from "vitest";
import { defineEngine } from "../engines/engine.ts";
import { engines } from "../engines/engine-registry.ts";
import { newConstructCount } from "../harness/construct-count.ts";
import { runChunk } from "./run-chunk.ts";
import { shortfalls } from "./shortfalls.ts";
import { addTallies, newTally } from "./tally.ts";

const chosen = ["reference", "native-closures", "wasm"].flatMap((id) => engines.get(id) ?? []);
const resources = { prebuilt: () => undefined };
const CHUNK = { first: 1, programs: 3, requests: 20 };

/** Forgets what a `sanitize` asks for. */
const forgetful = defineEngine({
  id: "forgetful",
  doc: "no redactions",
  runs: "process",
  accepts: "bytes",
  missing: () => null,
  load(program) {
    const engine = createInterpreter(program, platform);
    const decide = (text: string): DecisionDocument => ({ ...engine.decideText(text), obligations: [] });
    return Promise.resolve({ decide: (texts) => Promise.resolve(texts.map(decide)), close: () => {} });
  },
});

describe("a piece", () => {
  it("counts pairs, documents, decisions and constructs", async () => {
    const tally = await runChunk(CHUNK, chosen, resources);
    expect(tally).toMatchObject({ programs: 3, pairs: 60, divergences: [] });
    expect(tally.compared).toEqual({ reference: 60, "native-closures": 60, wasm: 60 });
    expect(Object.values(tally.decisions).reduce((sum, each) => sum + each)).toBe(60);
    expect(tally.constructs["const"]).toBeGreaterThan(0);
    expect(Object.keys(tally.constructs).sort()).toEqual([...newConstructCount().keys()].sort());
  });

  it("is the same each time, and two pieces are as one", async () => {
    const whole = await runChunk(CHUNK, chosen, resources);
    const head = await runChunk({ ...CHUNK, programs: 1 }, chosen, resources);
    const tail = await runChunk({ ...CHUNK, first: 2, programs: 2 }, chosen, resources);
    expect(addTallies(head, tail)).toEqual(addTallies(newTally(), whole));
  });

  it("reports a disagreement, made small, with the case it comes from", async () => {
    const { divergences } = await runChunk(CHUNK, [...chosen.slice(0, 1), forgetful], resources);
    expect(divergences.length).toBeGreaterThan(0);
    for (const report of divergences) {
      expect(report).toMatch(/^engines disagree: case \d+ with 20 requests, decision\n/);
      expect(report).toMatch(/^ {2}forgetful +\{/m);
    }
  });
});

describe("what was not exercised", () => {
  const full = {
    ...newTally(),
    pairs: 100,
    decisions: { allow: 15, sanitize: 15, approval_needed: 15, deny: 55 },
    constructs: Object.fromEntries([...newConstructCount().keys()].map((name) => [name, 1000])),
  };

  it("is nothing in a full run", () => expect(shortfalls(full)).toEqual([]));

  it("is a rare decision, or a rare construct", () => {
    const told = shortfalls({
      ...full,
      decisions: { ...full.decisions, allow: 14 },
      constructs: { ...full.constructs, "call values": 999 },
    });
    expect(told).toEqual([
      "allow is less than 15 % of the decisions: 14",
      "call values was evaluated less than 1000 times: 999",
    ]);
  });
});
