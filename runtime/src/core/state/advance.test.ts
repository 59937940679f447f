// The fold of events: starts, finishes, late results, reservations, doubt, and what requests see of it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IrExpression, IrProgram } from "../ir/ir.ts";
import { IR_FORMAT } from "../ir/ir.ts";
import { BOOL, DECIMAL, JSON_TYPE, STRING } from "../types/type.ts";
import { createStateMachine, type StateMachine } from "./advance.ts";
import { emptyState, type EventDocument, type State } from "./state.ts";
import { viewState } from "./view.ts";

const TRUE: IrExpression = { kind: "const", type: BOOL, value: true };
const OK: IrExpression = {
  kind: "compare",
  op: "eq",
  left: { kind: "read", root: "result", path: ["status"], type: STRING },
  right: { kind: "const", type: STRING, value: "ok" },
};
const PATH: IrExpression = { kind: "read", root: "args", path: ["path"], type: STRING };
const COST: IrExpression = { kind: "read", root: "args", path: ["cost"], type: DECIMAL };
const USED: IrExpression = { kind: "read", root: "result", path: ["value"], type: DECIMAL };

const expressions = [TRUE, OK, PATH, COST, USED];
const HOUR = 3_600_000;
const action = (name: string): IrProgram["actions"][number] => ({
  tool: "t",
  action: name,
  params: [],
  open: true,
  result: JSON_TYPE,
  visible: 0,
});
const on = (index: number, when: number, key: number[] = []) => [{ action: index, when, each: null, key }];

/** Actions: 0 fetch, 1 test, 2 commit, 3 read, 4 spend. */
const program: IrProgram = {
  format: IR_FORMAT,
  packages: [],
  agent: [],
  context: [],
  facts: [],
  actions: ["fetch", "test", "commit", "read", "spend"].map(action),
  patterns: [],
  expressions,
  labels: [
    {
      id: "p.untrusted",
      scope: "session",
      key: [],
      max: 1,
      transitions: [{ op: "set", on: "call", rules: null, targets: on(0, 0) }],
    },
    {
      id: "p.green",
      scope: "session",
      key: [],
      max: 1,
      transitions: [
        { op: "set", on: "result", rules: null, targets: on(1, 1) },
        { op: "clear", on: "call", rules: null, targets: on(2, 0) },
      ],
    },
    {
      id: "p.seen",
      scope: "session",
      key: [STRING],
      max: 2,
      transitions: [{ op: "set", on: "result", rules: null, targets: on(3, 1, [2]) }],
    },
  ],
  counters: [
    {
      id: "p.spend",
      type: "decimal",
      scope: "agent",
      key: [],
      window: HOUR,
      max: 1,
      targets: [{ action: 4, key: [], amount: 3, settle: 4 }],
    },
    {
      id: "p.reads",
      type: "int",
      scope: "session",
      key: [STRING],
      window: null,
      max: 2,
      targets: [{ action: 3, key: [2], amount: 0, settle: null }],
    },
  ],
  stateDigest: "sha256:test",
  rules: [],
};

function machine(): StateMachine {
  const indexOf = new Map(program.actions.map((each, index) => [each.action, index]));
  return createStateMachine(program, (event) => {
    const found = indexOf.get(event.action);
    if (found === undefined) return undefined;
    return {
      action: found,
      time: Date.parse(event.time),
      status: event.result?.status ?? "unknown",
      evaluate(index) {
        const node = expressions[index];
        if (node === TRUE) return true;
        if (node === OK) return event.result?.status === "ok";
        if (node === PATH) return event.args["path"];
        if (node === COST) return event.args["cost"];
        return event.result?.value;
      },
    };
  });
}

let seq = 0;
const at = (time: number): string => new Date(time).toISOString();
const event = (
  phase: EventDocument["phase"],
  name: string,
  call: string,
  extra: Partial<EventDocument> = {},
): EventDocument => ({
  phase,
  id: `e${++seq}`,
  call_id: call,
  seq,
  time: at(0),
  agent: { id: "a" },
  tool: "t",
  action: name,
  args: {},
  ...extra,
});
const run = (...events: EventDocument[]): State =>
  events.reduce((state, each) => machine().advance(state, each), emptyState("sha256:test"));
const labels = (state: State): Record<string, unknown> => ({ ...viewState(program, state, 0).labels });
const ok = { result: { status: "ok" as const, value: 0 } };

describe("labels", () => {
  test("set on call applies when the call starts", () => {
    expect(labels(run(event("started", "fetch", "c")))["p.untrusted"]).toBe(true);
  });
  test("set on result is uncertain while in flight and certain after", () => {
    const flying = run(event("started", "test", "c"));
    expect(labels(flying)["p.green"]).toBe("maybe");
    expect(labels(machine().advance(flying, event("finished", "test", "c", ok)))["p.green"]).toBe(true);
    expect(
      labels(machine().advance(flying, event("finished", "test", "c", { result: { status: "error" } })))[
        "p.green"
      ],
    ).toBe(false);
  });
  test("a late result does not set what was cleared since the call began", () => {
    const state = run(
      event("started", "test", "c1"),
      event("started", "commit", "c2"),
      event("finished", "test", "c1", ok),
    );
    expect(labels(state)["p.green"]).toBe(false);
  });
  test("a call that never answers leaves doubt", () => {
    const state = run(
      event("started", "test", "c"),
      event("finished", "test", "c", { result: { status: "unknown" } }),
    );
    expect(labels(state)["p.green"]).toBe("maybe");
  });
  test("a result without its start changes nothing", () => {
    expect(labels(run(event("finished", "test", "forged", ok)))["p.green"]).toBe(false);
  });
  test("an abandoned call leaves doubt on what its start set", () => {
    expect(labels(run(event("started", "fetch", "c"), event("abandoned", "fetch", "c")))["p.untrusted"]).toBe(
      "maybe",
    );
  });
  test("what `for each` may set is uncertain while in flight: `when` is about elements, not about the call", () => {
    const paths: IrExpression = { kind: "read", root: "args", path: ["paths"], type: JSON_TYPE };
    const element: IrExpression = { kind: "local", depth: 0, type: STRING };
    const each: IrProgram = {
      ...program,
      expressions: [paths, element, { kind: "present", of: element }],
      labels: [
        {
          id: "p.seen",
          scope: "session",
          key: [STRING],
          max: 9,
          transitions: [
            {
              op: "set",
              on: "result",
              rules: null,
              targets: [{ action: 0, when: 2, each: 0, key: [1] }],
            },
          ],
        },
      ],
      counters: [],
    };
    const fold = createStateMachine(each, (given) => ({
      action: 0,
      time: 0,
      status: given.result?.status ?? "unknown",
      evaluate: (index, local) => [given.args["paths"], local, local !== undefined][index] as never,
    }));
    const seen = (...events: EventDocument[]): unknown => {
      const state = events.reduce((before, one) => fold.advance(before, one), emptyState("sha256:test"));
      return viewState(each, state, 0).labels?.["p.seen"];
    };
    const args = { paths: ["a", "b"] };
    const began = event("started", "fetch", "c", { args });
    expect(seen(began)).toEqual({ set: [], maybe: [], full: true });
    const ended = event("finished", "fetch", "c", { args, ...ok });
    expect(seen(began, ended)).toEqual({ set: ["a", "b"], maybe: [], full: false });
  });
  test("past the bound absent keys are uncertain", () => {
    const read = (path: string): EventDocument[] => [
      event("started", "read", path, { args: { path } }),
      event("finished", "read", path, { args: { path }, ...ok }),
    ];
    expect(labels(run(...read("b"), ...read("a")))["p.seen"]).toEqual({
      set: ["a", "b"],
      maybe: [],
      full: false,
    });
    expect(labels(run(...read("b"), ...read("a"), ...read("c")))["p.seen"]).toEqual({
      set: ["a", "b"],
      maybe: [],
      full: true,
    });
  });
});

describe("counters", () => {
  const spend = (call: string, cost: number, time = 0): EventDocument =>
    event("started", "spend", call, { args: { cost }, time: at(time) });
  const total = (state: State, time = 0): unknown => viewState(program, state, time).counters?.["p.spend"];
  test("a start reserves, a finish settles, an error keeps the reservation", () => {
    const flying = run(spend("c", 2_500_000));
    expect(total(flying)).toBe("2.5");
    expect(
      total(
        machine().advance(
          flying,
          event("finished", "spend", "c", { result: { status: "ok", value: 400_000 } }),
        ),
      ),
    ).toBe("0.4");
    expect(
      total(machine().advance(flying, event("finished", "spend", "c", { result: { status: "error" } }))),
    ).toBe("2.5");
    expect(
      total(
        machine().advance(
          flying,
          event("finished", "spend", "c", { result: { status: "ok", value: -9_000_000 } }),
        ),
      ),
    ).toBe("2.5");
  });
  test("only what was never dispatched is given back", () => {
    expect(total(run(spend("c", 1_000_000), event("abandoned", "spend", "c")))).toBe("0");
  });
  test("a clock set back frees nothing", () => {
    expect(total(run(spend("c1", 1_000_000, 10 * HOUR), spend("c2", 1_000_000, 0)), 10 * HOUR)).toBe("2");
  });
  test("too many keys make the cell unreadable", () => {
    const state = run(...["a", "b", "c"].map((path) => event("started", "read", path, { args: { path } })));
    expect(Object.keys(viewState(program, state, 0).counters ?? {})).not.toContain("p.reads");
  });
  test("a window never counts less than the true sliding sum, and forgets after two windows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wait: fc.integer({ min: 0, max: HOUR }), cost: fc.nat(1000) }), {
          maxLength: 30,
        }),
        (steps) => {
          let time = 0;
          const events = steps.map(({ wait, cost }, index) =>
            spend(`c${index}`, cost * 1_000_000, (time += wait)),
          );
          const state = run(...events);
          const sliding = events
            .filter((each) => Date.parse(each.time) > time - HOUR)
            .reduce((sum, each) => sum + Number(each.args["cost"]) / 1_000_000, 0);
          expect(Number(total(state, time))).toBeGreaterThanOrEqual(sliding);
          expect(total(state, time + 2 * HOUR)).toBe("0");
        },
      ),
    );
  });
});

test("what cannot be read breaks the state for good", () => {
  const state = run(event("started", "nowhere", "c"), event("started", "fetch", "d"));
  expect(viewState(program, state, 0)).toMatchObject({ labels: {}, counters: {} });
});

test("an event that is not newer is ignored", () => {
  const first = event("started", "fetch", "c");
  const state = run(first);
  expect(machine().advance(state, { ...first, action: "nowhere" })).toBe(state);
});
