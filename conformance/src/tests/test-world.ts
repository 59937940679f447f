// The world of one test: who asks, what time it is, and the state that the steps leave behind.
import {
  cellKey,
  emptyState,
  newJsonObject,
  stateMachineOf,
  type EvaluationObserver,
  type Engine,
  type EventDocument,
  type IrProgram,
  type JsonObject,
  type JsonValue,
  type State,
} from "@aegis/runtime/core";
import {
  loadedPolicy,
  evaluateCall,
  type CallResult,
  type Evaluation,
  type LoadedPolicy,
} from "@aegis/runtime/enforce";
import { platform } from "@aegis/runtime/facts";
import { invalidPlaces } from "../explain/invalid-places.ts";

/** The moment at which every test begins unless it says otherwise. */
export const TEST_TIME = Date.UTC(2026, 0, 1, 9);
const SESSION = "test";
/** Who asks in a test that does not say; its other attributes are for the test to give. */
const TEST_AGENT = "test";

/** A program ready to be tested by an engine; made once for all tests. */
export function testPolicy(program: IrProgram, engine: Engine): LoadedPolicy {
  const meta = { revision: "test", serial: 0, digest: "test", signed: false };
  return loadedPolicy(
    { lineage: "test", program, engine, machine: stateMachineOf(program, platform), meta },
    platform,
  );
}

export interface StepCall {
  readonly tool: string;
  readonly action: string;
  readonly args: JsonObject;
  readonly facts: JsonObject | null;
}

export class TestWorld {
  time = TEST_TIME;
  agent: JsonObject = Object.assign(newJsonObject(), { id: TEST_AGENT });
  context: JsonObject = newJsonObject();
  #state: State;
  #calls = 0;
  readonly #policy: LoadedPolicy;
  readonly #observer: EvaluationObserver | undefined;

  constructor(policy: LoadedPolicy, observer?: EvaluationObserver) {
    this.#policy = policy;
    this.#observer = observer;
    this.#state = emptyState(policy.program.stateDigest);
  }

  /** The request that a step asks, as an engine sees it: for messages. */
  request(call: StepCall): JsonObject {
    return {
      agent: this.agent,
      tool: call.tool,
      action: call.action,
      args: call.args,
      context: this.#context(),
    };
  }

  /** Lines that say why a request is `invalid_input`: place and expected type. */
  problems(call: StepCall): string[] {
    return invalidPlaces(this.#policy.program, this.request(call)).map(
      ({ path, expected, problem }) => `${path} is ${problem}: expected ${expected}`,
    );
  }

  evaluate(call: StepCall, result?: CallResult): Evaluation {
    const inner = this.#policy.engine;
    const engine: Engine = { ...inner, decide: (request) => inner.decide(request, this.#observer) };
    const owner = { lineage: "test", tenant: "", agent: "test", session: SESSION };
    const states = [
      { policy: { ...this.#policy, engine }, owner, partitions: NO_PARTITIONS, state: this.#state },
    ];
    const policyCall = {
      agent: this.agent as JsonObject & { id: string },
      tool: call.tool,
      action: call.action,
      args: call.args,
      context: this.context,
      session: SESSION,
      ...(call.facts === null ? {} : { facts: call.facts as Record<string, Record<string, JsonValue>> }),
    };
    return evaluateCall(states, policyCall, this.time, SETTINGS, result);
  }

  /** Tells the state what happened to a call; gives the call's id. */
  happened(
    phase: EventDocument["phase"],
    call: StepCall,
    rules: readonly string[],
    callId: string,
    result?: CallResult,
  ): void {
    const next = this.#policy.machine.advance(this.#state, {
      phase,
      id: `${callId}/${phase}`,
      call_id: callId,
      seq: this.#state.seq + 1,
      time: new Date(this.time).toISOString(),
      agent: this.agent,
      context: this.#context(),
      tool: call.tool,
      action: call.action,
      args: call.args,
      rules,
      ...(result === undefined ? {} : { result }),
    });
    // A call that was refused for its form leaves no trace, as in the runtime.
    if (phase !== "denied" || !next.broken) this.#state = next;
  }

  nextCallId = (): string => `call-${++this.#calls}`;

  isVisible(tool: string, action: string): boolean {
    const listed = this.#policy.engine.visible({ agent: this.agent, context: this.#context() });
    return listed.some((each) => each.tool === tool && each.action === action);
  }

  /** `given label`: a plain label, or one key of a keyed one. */
  giveLabel(cell: string, key: readonly string[], value: boolean | "maybe"): void {
    const others = this.#state.labels.filter(([id]) => id !== cell);
    const before = this.#state.labels.find(([id]) => id === cell)?.[1];
    if (key.length === 0) {
      this.#state = { ...this.#state, labels: [...others, [cell, { value, cleared: 0 }]] };
      return;
    }
    const text = cellKey(key);
    const keys =
      before !== undefined && "keys" in before ? before.keys.filter(([each]) => each !== text) : [];
    const added = value === false ? keys : [...keys, [text, value] as const];
    const sorted = added.sort(([a], [b]) => (a < b ? -1 : 1));
    this.#state = { ...this.#state, labels: [...others, [cell, { keys: sorted, full: false, cleared: [] }]] };
  }

  /** `given counter`: the amount counts in the bucket of this moment. */
  giveCounter(cell: string, key: readonly string[], amount: number): void {
    const counter = this.#policy.program.counters.find((each) => each.id === cell);
    const bucket = counter?.window == null ? 0 : Math.floor(this.time / (counter.window / 60));
    const text = key.length === 0 ? "" : cellKey(key);
    const others = this.#state.counters.filter(([id]) => id !== cell);
    const keys = (this.#state.counters.find(([id]) => id === cell)?.[1] ?? []).filter(
      ([each]) => each !== text,
    );
    this.#state = { ...this.#state, counters: [...others, [cell, [...keys, [text, [[bucket, amount]]]]]] };
  }

  #context(): JsonObject {
    return { time: new Date(this.time).toISOString(), session: SESSION, ...this.context };
  }
}

const NO_PARTITIONS = { session: undefined, agent: undefined, tenant: undefined };
const SETTINGS = { hashKey: "test", handles: new Set(["approval", "redact", "reserve"] as const) };
