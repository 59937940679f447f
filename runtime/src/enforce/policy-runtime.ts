// The embedding API: decides calls against loaded policies, keeps their state, carries out redactions, records.
import type {
  DecisionDocument,
  EventDocument,
  JsonObject,
  Obligation,
  VisibleAction,
} from "../core/index.ts";
import { approvalsMet, type ApprovalGiven, type ApprovalObligation } from "./approvals.ts";
import { callDigest } from "./call-digest.ts";
import { decisionRecord } from "./decision-record.ts";
import { evaluateCall, type CallResult, type Evaluation } from "./evaluate-call.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import type { DecisionSink, Envelope, Mode, PolicyCall } from "./policy-call.ts";
import { advanceStates, readStates, type PolicyState } from "./policy-state.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { StateStore } from "./store/state-store.ts";
import { refusal } from "./verdict.ts";

export interface PolicyRuntimeOptions {
  /** Where state lives; memory if none is given. */
  readonly store?: StateStore;
  readonly sink?: DecisionSink;
  readonly mode?: Mode;
  /** Milliseconds since 1970; never goes back for the runtime, whatever the clock does. */
  readonly clock?: () => number;
  /** Key of call digests and of `hash`; a random one of this process if none is given. */
  readonly deploymentKey?: string;
  /** Obligations that this enforcement point carries out itself: `redact` and `reserve` always are. */
  readonly approvals?: boolean;
}

/** Approvals for a call that was held: good only while its digest is the same. */
export interface Approvals {
  readonly digest: string;
  readonly given: readonly ApprovalGiven[];
  /** Milliseconds. */
  readonly askedAt: number;
}

export interface Outcome {
  readonly envelope: Envelope;
  readonly decision: DecisionDocument;
}

/** A call that was let through, held or refused. */
export interface Authorization extends Outcome {
  /** Whether the tool may be called now, with exactly `args`. */
  readonly runs: boolean;
  /** Redacted, with defaults explicit; serialise this and nothing else. */
  readonly args: JsonObject;
  /** Decides and records the tool's answer; call it once, also when the tool failed or never answered. */
  finish(result: CallResult): Promise<ResultOutcome>;
  /** Gives back what was reserved: only for a call that never reached the tool. */
  abandon(): Promise<void>;
}

export interface ResultOutcome extends Outcome {
  /** What the agent may see; undefined when it is withheld. */
  readonly result: CallResult | undefined;
}

/** How often a decision is made again after a conflict, before it is a deny. */
const ATTEMPTS = 3;
const FINISH_ATTEMPTS = 50;

export class PolicyRuntime {
  #policies: readonly LoadedPolicy[];
  readonly #store: StateStore;
  readonly #options: PolicyRuntimeOptions;
  readonly #key: string;
  readonly #handles: ReadonlySet<Obligation["type"]>;
  #lastTime = 0;

  constructor(policies: readonly LoadedPolicy[], options: PolicyRuntimeOptions = {}) {
    this.#policies = policies;
    this.#options = options;
    this.#store = options.store ?? new MemoryStore();
    this.#key = options.deploymentKey ?? crypto.randomUUID() + crypto.randomUUID();
    this.#handles = new Set([
      "redact",
      "reserve",
      ...(options.approvals === true ? (["approval"] as const) : []),
    ]);
  }

  /** Replaces the policies; calls that are being decided keep those they began with. */
  swap(policies: readonly LoadedPolicy[]): void {
    this.#policies = policies;
  }

  /** Begins a session; a sub-agent names its parent's, whose labels then restrict here too. */
  openSession(
    agent: { id: string; tenant?: string },
    parent?: { id: string; tenant?: string; session: string },
  ): Promise<string> {
    return this.#store.openSession({
      tenant: agent.tenant ?? "",
      agent: agent.id,
      schemas: new Map(this.#policies.map((each) => [each.lineage, each.program.stateDigest])),
      ...(parent === undefined
        ? {}
        : { parent: { tenant: parent.tenant ?? "", agent: parent.id, session: parent.session } }),
    });
  }

  /** The actions that an agent may see: those that every policy shows. */
  visible(agent: PolicyCall["agent"], context: JsonObject = {}): readonly VisibleAction[] {
    const request = { agent, context: { ...context, time: new Date(this.#now()).toISOString() } };
    const [first = [], ...others] = this.#policies.map((each) => each.engine.visible(request));
    const sets = others.map(
      (each) => new Set(each.map(({ tool, action }) => JSON.stringify([tool, action]))),
    );
    return first.filter(({ tool, action }) => sets.every((each) => each.has(JSON.stringify([tool, action]))));
  }

  /** What the policies say now. Reserves nothing and changes nothing. */
  async decide(call: PolicyCall): Promise<Outcome> {
    const started = performance.now();
    const policies = this.#policies;
    const evaluated = await this.#evaluate(policies, call).catch(() => null);
    const decision = evaluated?.evaluation.decision ?? refusal("internal_error");
    return this.#outcome(policies, call, "call", decision, evaluated?.evaluation.args ?? {}, started);
  }

  /** Decides, and if the call may run starts it: labels set, budgets reserved, all or nothing. Never rejects. */
  async authorize(call: PolicyCall, approvals?: Approvals): Promise<Authorization> {
    const started = performance.now();
    const policies = this.#policies;
    const id = crypto.randomUUID();
    let decision = refusal("state_conflict");
    let args: JsonObject = call.args;
    let runs = false;
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const evaluated = await this.#evaluate(policies, call);
        ({ decision, args } = evaluated.evaluation);
        runs = this.#lets(policies, call, evaluated.evaluation, approvals);
        // A held call has not begun: nothing happens to the state until people have answered.
        if (!runs && decision.decision !== "deny") break;
        if (await this.#begin(evaluated, { ...call, args: this.#runArgs(call, args) }, id, runs)) break;
        if (runs) {
          decision = refusal("state_conflict", decision);
          runs = false;
        }
      }
    } catch {
      decision = refusal("internal_error");
      runs = false;
    }
    const outcome = await this.#outcome(policies, call, "call", decision, args, started);
    if (outcome.decision !== decision) runs = false;
    return {
      ...outcome,
      runs,
      args: this.#runArgs(call, args),
      finish: (result) => this.#finish(policies, { ...call, args: this.#runArgs(call, args) }, id, result),
      abandon: () => this.#end(policies, { ...call, args: this.#runArgs(call, args) }, id, "abandoned"),
    };
  }

  /** Writes the start or the denial of a call; false when somebody else has written first. */
  #begin(
    { states, evaluation, time }: EvaluatedCall,
    call: PolicyCall,
    id: string,
    runs: boolean,
  ): Promise<boolean> {
    const phase = runs ? ("started" as const) : ("denied" as const);
    const { rules } = evaluation.decision;
    const event = { phase, id, call_id: id, time: iso(time), ...subjectOf(call), rules };
    const { writes, reads } = advanceStates(states, event);
    return this.#store.write(writes, runs ? reads : []);
  }

  /** In `observe` mode the call runs as it was. */
  #runArgs(call: PolicyCall, args: JsonObject): JsonObject {
    return this.#options.mode === "observe" ? call.args : args;
  }

  #lets(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    { decision, args }: Evaluation,
    approvals: Approvals | undefined,
  ): boolean {
    if (this.#options.mode === "observe") return true;
    if (decision.decision === "deny") return false;
    if (decision.decision !== "approval_needed") return true;
    if (approvals === undefined || approvals.digest !== this.#digest(policies, call, args, decision))
      return false;
    const asked = decision.obligations.filter((each): each is ApprovalObligation => each.type === "approval");
    const behalf = call.agent["on_behalf_of"];
    const principal =
      typeof behalf === "object" && behalf !== null && "id" in behalf ? String(behalf["id"]) : call.agent.id;
    return approvalsMet(asked, approvals.given, new Set([call.agent.id, principal]), approvals.askedAt);
  }

  async #evaluate(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    result?: CallResult,
  ): Promise<EvaluatedCall> {
    const owner = { tenant: call.agent.tenant ?? "", agent: call.agent.id, session: call.session ?? null };
    const states = await readStates(this.#store, policies, owner);
    const time = this.#now();
    const settings = {
      hashKey: this.#key,
      handles: this.#options.mode === "observe" ? ALL_OBLIGATIONS : this.#handles,
    };
    return { states, evaluation: evaluateCall(states, call, time, settings, result), time };
  }

  async #finish(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    id: string,
    result: CallResult,
  ): Promise<ResultOutcome> {
    const started = performance.now();
    let decision: DecisionDocument;
    let seen: CallResult | undefined;
    try {
      const { evaluation } = await this.#evaluate(policies, call, result);
      decision = evaluation.decision;
      seen =
        this.#options.mode === "observe"
          ? result
          : decision.decision === "deny"
            ? undefined
            : evaluation.result;
      await this.#end(policies, call, id, "finished", result);
    } catch {
      decision = refusal("internal_error");
      seen = undefined;
    }
    const outcome = await this.#outcome(policies, call, "result", decision, call.args, started);
    return { ...outcome, result: outcome.decision === decision ? seen : undefined };
  }

  /** Writes the end of a call; other calls may end at the same time, so it tries for long. */
  async #end(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    id: string,
    phase: "finished" | "abandoned",
    result?: CallResult,
  ): Promise<void> {
    const owner = { tenant: call.agent.tenant ?? "", agent: call.agent.id, session: call.session ?? null };
    for (let attempt = 0; attempt < FINISH_ATTEMPTS; attempt++) {
      const states = await readStates(this.#store, policies, owner);
      const event = {
        phase,
        id: crypto.randomUUID(),
        call_id: id,
        time: iso(this.#now()),
        ...subjectOf(call),
        ...(result === undefined ? {} : { result }),
      } as const;
      if (await this.#store.write(advanceStates(states, event).writes, [])) return;
    }
    throw new Error("the end of a call could not be written");
  }

  #digest(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    args: JsonObject,
    decision: DecisionDocument,
  ): string {
    return callDigest(
      this.#key,
      call,
      args,
      decision,
      policies.map((each) => each.meta.digest),
    );
  }

  /** Envelope and record; a decision that cannot be recorded is a deny. */
  async #outcome(
    policies: readonly LoadedPolicy[],
    call: PolicyCall,
    phase: "call" | "result",
    decision: DecisionDocument,
    args: JsonObject,
    started: number,
  ): Promise<Outcome> {
    const envelope: Envelope = {
      id: crypto.randomUUID(),
      mode: this.#options.mode ?? "enforce",
      bundle: policies.map((each) => each.meta),
      time: iso(this.#now()),
      duration_us: Math.round((performance.now() - started) * 1000),
      call_digest: this.#digest(policies, call, args, decision),
    };
    try {
      await this.#options.sink?.record(decisionRecord(policies, call, phase, decision, envelope, this.#key));
      return { envelope, decision };
    } catch {
      return { envelope, decision: refusal("internal_error", decision) };
    }
  }

  #now(): number {
    this.#lastTime = Math.max(this.#lastTime, (this.#options.clock ?? Date.now)());
    return this.#lastTime;
  }
}

const ALL_OBLIGATIONS: ReadonlySet<Obligation["type"]> = new Set(["approval", "redact", "reserve"]);
const iso = (time: number): string => new Date(time).toISOString();

interface EvaluatedCall {
  readonly states: readonly PolicyState[];
  readonly evaluation: Evaluation;
  readonly time: number;
}

/** What an event says of a call; `args` are those that run. */
function subjectOf(call: PolicyCall): Pick<EventDocument, "agent" | "context" | "tool" | "action" | "args"> {
  const context = { ...call.context, ...(call.session === undefined ? {} : { session: call.session }) };
  return { agent: call.agent as JsonObject, context, tool: call.tool, action: call.action, args: call.args };
}
