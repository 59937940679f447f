// The entrypoint aegis/advance folds events over state as the runtime's state machine does.
import { canonicalJson, emptyState, type EventDocument, stateMachineOf } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText } from "@aegis/compiler/testing";
import { describe, expect, it } from "vitest";
import { Random } from "../random-ir/random.ts";
import { moduleOf, RawHost } from "./module.ts";

const program = compileText({
  "p.aegis": `package p
tool web { fetch(url: url)  read(path: relpath) }
tool git { commit(message: string)  push(branch: git_ref) }
tool ci { run(suite: string?): { passed: bool, cost: decimal } }
label untrusted set on call web.fetch clear on approval ask per session
label green set on result ci.run when result.status == ok clear on call git.commit per session
label seen(path: relpath) set on result web.read key args.path when result.status == ok per session max 3
label tried(path: relpath) set on call web.read key args.path clear on denied web.read key args.path per session max 2
limit runs: ci.run to 1000 per agent over 1h
limit spend: ci.run to 5000.00 sum 2.5 settle result.value.cost per agent
limit fetches: web.fetch to 5000 per session, args.url.host
policy everyone { allow fetch: web.*  allow git: git.*  require approval ask: git.push by role "r"  allow ci: ci.* }
`,
}).ir;

const machine = stateMachineOf(program, platform);
const host = new RawHost(moduleOf(program), 5);
const ADVANCE = 2;

function advance(state: unknown, event: unknown): unknown {
  const text = JSON.stringify({ state, event });
  const heap = host.call("opa_heap_ptr_get");
  const length = host.put(heap, text);
  const answer = host.text(host.call("opa_eval", 0, ADVANCE, 0, heap, length, heap + length, 0));
  host.call("opa_heap_ptr_set", heap);
  return (JSON.parse(answer) as readonly { result: unknown }[])[0]?.result;
}

const CALLS = [
  ["web", "fetch", { url: "https://a.example/x" }],
  ["web", "fetch", { url: "https://b.example/x" }],
  ["web", "read", { path: "src/a.ts" }],
  ["web", "read", { path: "src/b.ts" }],
  ["web", "read", { path: "docs/" }],
  ["web", "read", { path: "é/😀.md" }],
  ["git", "commit", { message: "x" }],
  ["git", "push", { branch: "main" }],
  ["git", "push", { branch: "+main" }],
  ["ci", "run", {}],
  ["ci", "run", { suite: "all" }],
  ["no", "such", {}],
] as const;
const RESULTS = [
  undefined,
  { status: "ok" },
  { status: "ok", value: { passed: true, cost: 1.25 } },
  { status: "ok", value: { passed: false, cost: "9.75" } },
  { status: "ok", value: { passed: false, cost: -1 } },
  { status: "error" },
  { status: "unknown" },
  { status: "ok", value: 1 },
] as const;
const PHASES = ["started", "started", "finished", "finished", "abandoned", "approved", "denied"] as const;

function randomEvent(random: Random, seq: number, time: number): EventDocument {
  const phase = random.pick(PHASES);
  const [tool, action, args] = random.pick(
    random.chance(0.01) ? CALLS : CALLS.filter(([name]) => name !== "no"),
  );
  const result = phase === "finished" ? random.pick(RESULTS) : undefined;
  return {
    phase,
    id: `e${String(seq)}`,
    call_id: `c${String(random.below(6))}`,
    seq: random.chance(0.05) ? seq - 2 : seq,
    time: random.chance(0.003) ? "yesterday" : new Date(time).toISOString(),
    agent: { id: "a" },
    tool,
    action,
    args,
    ...(random.chance(0.5) ? { context: { session: "s" } } : {}),
    ...(phase === "approved" || phase === "denied"
      ? { rules: random.pick([[], ["p.ask"], ["p.git"], ["x", "p.ask"]]) }
      : {}),
    ...(result === undefined ? {} : { result }),
  };
}

describe("aegis/advance", () => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))("agrees on random events, seed %i", (seed) => {
    const random = new Random(seed);
    let state = emptyState(program.stateDigest);
    let time = Date.parse("2026-11-22T09:00:00Z");
    for (let seq = 1; seq <= 120; seq++) {
      time += random.below(600_000) - 60_000;
      const event = randomEvent(random, seq, time);
      const expected = machine.advance(state, event);
      expect(canonicalJson(advance(state, event)), JSON.stringify({ state, event })).toBe(
        canonicalJson(expected),
      );
      state = expected.broken && random.chance(0.9) ? emptyState(program.stateDigest) : expected;
    }
  });

  it("breaks a state of another schema, and leaves a broken one alone", () => {
    const event = randomEvent(new Random(1), 5, 0);
    for (const state of [emptyState("sha256:other"), { ...emptyState(program.stateDigest), broken: true }]) {
      expect(advance(state, event)).toEqual(machine.advance(state, event));
    }
  });

  it("has no answer to what is no state and event", () => {
    const state = emptyState(program.stateDigest);
    const event = randomEvent(new Random(1), 5, 0);
    const calls = [{ call_id: "c", seq: 1 }];
    for (const [first, second] of [
      [null, event],
      [state, null],
      [{ ...state, labels: [["p.green", 1]] }, event],
      [{ ...state, calls }, event],
      [{ ...state, counters: [["p.spend", [["", [["0", 1]]]]]] }, event],
      [state, { ...event, seq: "1" }],
    ]) {
      expect(advance(first, second)).toBeUndefined();
    }
  });
});
