// Law 1 for state: the module's `aegis/advance` folds random events as the runtime's state machine does, in every host.
import { canonicalJson, emptyState, stateMachineOf, type IrProgram, type State } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { loadPolicy } from "@open-policy-agent/opa-wasm";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../runtime/src/testing/index.ts";
import { askDriver } from "../engines/line-driver.ts";
import { wasmModule } from "../engines/wasm-module.ts";
import { randomEvent } from "../random-ir/event.ts";
import { randomProgram } from "../random-ir/program.ts";
import { Random } from "../random-ir/random.ts";

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 15);
const EVENTS = Number(process.env["AEGIS_FUZZ_REQUESTS"] ?? 80);
const DRIVER = "aegis-opa-wasm-rs";

interface Step {
  /** `{state, event}`. */
  readonly text: string;
  /** Canonical state after it. */
  readonly after: string;
}

/** A life of a state: each event on what the ones before made of it, and a new beginning where one broke it. */
function stepsOf(program: IrProgram, random: Random): readonly Step[] {
  const machine = stateMachineOf(program, platform);
  const steps: Step[] = [];
  let state: State = emptyState(program.stateDigest);
  let time = Date.parse("2026-11-22T09:00:00Z");
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    time += random.below(100_000) - 10_000;
    const event = randomEvent(program, random, seq, time);
    const after = machine.advance(state, event);
    steps.push({ text: JSON.stringify({ state, event }), after: canonicalJson(after) });
    state = after.broken && random.chance(0.9) ? emptyState(program.stateDigest) : after;
  }
  return steps;
}

/** Numbers of programs that have state. */
function* stateful(count: number): Generator<readonly [seed: number, program: IrProgram]> {
  for (let seed = FIRST, found = 0; found < count; seed += 1) {
    const program = randomProgram(seed);
    if (program.labels.length + program.counters.length === 0) continue;
    found += 1;
    yield [seed, program];
  }
}

describe("aegis/advance on random programs", () => {
  it("agrees in the stock npm SDK", { timeout: 60_000 }, async () => {
    const touched = new Set<string>();
    for (const [seed, program] of stateful(PROGRAMS)) {
      const policy = await loadPolicy(new Uint8Array(wasmModule(program)).buffer);
      for (const { text, after } of stepsOf(program, new Random(seed))) {
        const bytes = new Uint8Array(new TextEncoder().encode(text)).buffer;
        const [answer] = policy.evaluate(bytes, "aegis/advance") as readonly { readonly result: unknown }[];
        expect(canonicalJson(answer?.result), `seed ${String(seed)}: ${text}`).toBe(after);
        const { labels, counters, calls, broken } = JSON.parse(after) as State;
        if (labels.length > 0) touched.add("labels");
        if (counters.length > 0) touched.add("counters");
        if (calls.some(({ pending }) => pending.length > 0)) touched.add("pending");
        if (broken) touched.add("broken");
      }
    }
    expect([...touched].sort()).toEqual(["broken", "counters", "labels", "pending"]);
  });

  it.skipIf(skipsWithout(DRIVER, findProgram(DRIVER)))(
    "agrees in the Rust crate",
    { timeout: 60_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "aegis-advance-"));
      try {
        for (const [seed, program] of stateful(3)) {
          const file = join(folder, `${String(seed)}.wasm`);
          writeFileSync(file, wasmModule(program));
          const steps = stepsOf(program, new Random(seed));
          const found = await askDriver(
            DRIVER,
            [file, "aegis/advance"],
            steps.map(({ text }) => text),
          );
          steps.forEach(({ text, after }, at) => {
            expect(canonicalJson(found[at]), `seed ${String(seed)}: ${text}`).toBe(after);
          });
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
