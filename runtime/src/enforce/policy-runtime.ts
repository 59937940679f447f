// The embedding API: decides calls against loaded policies, keeps their state, carries out redactions, records.
import {
  checkIJsonObject,
  newJsonObject,
  refusal as engineRefusal,
  type DecisionDocument,
  type EnforcementCode,
  type JsonObject,
  type Obligation,
  type VisibleAction,
} from "../core/index.ts";
import { acceptCall } from "./accepted-call.ts";
import { approvalsMet, requestersOf, type ApprovalGiven, type ApprovalObligation } from "./approvals.ts";
import { callDigest } from "./call-digest.ts";
import { recordOf, recordedArgs } from "./decision-record.ts";
import { contextOf, evaluateCall, type CallResult, type Evaluation } from "./evaluate-call.ts";
import { isObservedAt, isValidAt, type LoadedPolicy } from "./loaded-policy.ts";
import type { DecisionRecord, DecisionSink, Envelope, Mode, PolicyCall } from "./policy-call.ts";
import { advanceStates, readStates, type CallEvent, type PolicyState } from "./policy-state.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { StateStore } from "./store/state-store.ts";
import { refusal } from "./verdict.ts";

export interface PolicyRuntimeOptions {
  /** Where state lives; memory if none is given. */
  readonly store?: StateStore;
  readonly sink?: DecisionSink;
  /** Enforces bundles that were signed to be observed only. There is no setting the other way. */
  readonly mode?: "enforce";
  /** Milliseconds since 1970; never goes back for the runtime, whatever the clock does. */
  readonly clock?: () => number;
  /** Key of call digests and of `hash`; a random one of this process if none is given. */
  readonly deploymentKey?: string;
  /** Whether this enforcement point can ask people: without it `approval_needed` is a deny. */
  readonly approvals?: boolean;
}

/** Answers of people to a call that was held: good for that call alone, once, while its digest is the same. */
export interface Approvals {
  /** `envelope.id` of the decision that held the call. */
  readonly id: string;
  /** `envelope.call_digest` of it. */
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
  /** Redacted, with defaults explicit; serialise this and nothing else. Empty when the call is denied: none of it runs. */
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

/** What one call is decided with from its start to its result, whatever is swapped in meanwhile. */
interface CallScope {
  readonly policies: readonly LoadedPolicy[];
  readonly mode: Mode;
  readonly call: PolicyCall;
  readonly id: string;
  readonly started: number;
}

interface EvaluatedCall {
  readonly states: readonly PolicyState[];
  readonly evaluation: Evaluation;
  readonly time: number;
}

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

  /**
   * Replaces the policies; calls that are under way keep those they began with, up to their results. Throws, and replaces none,
   * when one of them cannot be run: those that were loaded with `startEarly` are checked now, as far as they were not.
   */
  swap(policies: readonly LoadedPolicy[]): void {
    if (!policies.every((each) => each.settle())) throw new Error("a policy that cannot be run");
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

  /** The actions that an agent may see: those that every policy shows; none when one is out of its time. */
  visible(agent: PolicyCall["agent"], context: JsonObject = {}): readonly VisibleAction[] {
    const time = this.#now();
    if (!this.#policies.every((each) => isValidAt(each, time))) return [];
    const request = { agent, context: { ...contextOf({ context }), time: iso(time) } };
    const [first = [], ...others] = this.#policies.map((each) => each.engine.visible(request));
    const sets = others.map(
      (each) => new Set(each.map(({ tool, action }) => JSON.stringify([tool, action]))),
    );
    return first.filter(({ tool, action }) => sets.every((each) => each.has(JSON.stringify([tool, action]))));
  }

  /** What the policies say now. Reserves nothing and changes nothing; it is recorded. Never rejects. */
  async decide(given: PolicyCall): Promise<Outcome> {
    const { scope, ok } = this.#begun(given);
    const evaluated = ok ? await this.#evaluate(scope).catch(() => null) : null;
    const decision = evaluated?.evaluation.decision ?? (ok ? refusal("internal_error") : INVALID);
    const args = evaluated?.evaluation.args ?? scope.call.args;
    return (await this.#told(scope, "call", decision, args)).outcome;
  }

  /** Decides, and if the call may run starts it: labels set, budgets reserved, all or nothing. Never rejects. */
  async authorize(given: PolicyCall, approvals?: Approvals): Promise<Authorization> {
    const { scope, ok } = this.#begun(given);
    let decision = ok ? refusal("state_conflict") : INVALID;
    let args: JsonObject = scope.call.args;
    let runs = false;
    let released: Promise<boolean> | undefined;
    try {
      for (let attempt = 0; ok && attempt < ATTEMPTS; attempt++) {
        const evaluated = await this.#evaluate(scope);
        ({ decision, args } = evaluated.evaluation);
        const people = this.#approves(scope, evaluated, approvals);
        if (people && approvals !== undefined) released ??= this.#store.spend(approvals.id);
        const approved = people && (await released) === true;
        runs = scope.mode === "observe" || lets(decision, approved);
        // A held call has not begun: nothing happens to the state until people have answered.
        if (!runs && decision.decision !== "deny") break;
        if (await this.#begin(scope, evaluated, runs, approved)) break;
        if (runs) {
          decision = refusal("state_conflict", decision);
          runs = false;
        }
      }
    } catch {
      decision = refusal("internal_error", decision);
      runs = false;
    }
    const told = await this.#told(scope, "call", decision, args);
    const sent = {
      ...scope,
      call: { ...scope.call, args: scope.mode === "observe" ? scope.call.args : args },
    };
    // What is not recorded does not run: it has never reached the tool, so what it reserved is given back.
    if (runs && !told.recorded) await this.#end(sent, "abandoned").catch(() => undefined);
    runs &&= told.recorded;
    let open = runs;
    const closes = (): boolean => {
      const first = open;
      open = false;
      return first;
    };
    return {
      ...told.outcome,
      runs,
      args: runs || told.outcome.decision.decision !== "deny" ? sent.call.args : newJsonObject(),
      finish: (result) => this.#finish({ ...sent, started: performance.now() }, closes(), result, told.args),
      abandon: async () => {
        if (closes()) await this.#end(sent, "abandoned");
      },
    };
  }

  /** People have said no to a held call, or nobody answered in time: it is denied, and the state is told. Never rejects. */
  async reject(
    given: PolicyCall,
    code: Extract<EnforcementCode, "approval_denied" | "approval_timeout">,
  ): Promise<Outcome> {
    const { scope, ok } = this.#begun(given);
    let decision = refusal(code);
    let args = scope.call.args;
    try {
      for (let attempt = 0; ok && attempt < FINISH_ATTEMPTS; attempt++) {
        const evaluated = await this.#evaluate(scope);
        ({ args } = evaluated.evaluation);
        decision = refusal(code, evaluated.evaluation.decision);
        if (await this.#begin(scope, evaluated, false, false)) break;
      }
    } catch {
      decision = refusal("internal_error", decision);
    }
    return (await this.#told(scope, "call", decision, args)).outcome;
  }

  #begun(given: PolicyCall): { readonly scope: CallScope; readonly ok: boolean } {
    const policies = this.#policies;
    const { ok, call } = acceptCall(given);
    const observed = policies.length > 0 && policies.every((each) => isObservedAt(each, this.#now()));
    const mode = observed && this.#options.mode !== "enforce" ? "observe" : "enforce";
    return { ok, scope: { policies, mode, call, id: crypto.randomUUID(), started: performance.now() } };
  }

  /** Writes the start or the denial of a call; false when somebody else has written first. */
  #begin(
    scope: CallScope,
    { states, evaluation, time }: EvaluatedCall,
    runs: boolean,
    approved: boolean,
  ): Promise<boolean> {
    const { args, decision } = evaluation;
    const call = { ...scope.call, args: scope.mode === "observe" ? scope.call.args : args };
    const event = (phase: CallEvent["phase"]): CallEvent => ({
      phase,
      id: crypto.randomUUID(),
      call_id: scope.id,
      time: iso(time),
      ...subjectOf(call),
      rules: decision.rules,
    });
    const events = runs ? [...(approved ? [event("approved")] : []), event("started")] : [event("denied")];
    // What is refused for its form, or only observed, must not make the state unreadable for the calls that follow.
    const { writes, reads } = advanceStates(states, events, runs && scope.mode === "enforce");
    return this.#store.write(writes, runs ? reads : []);
  }

  /** Whether people have released exactly this call, in time. */
  #approves(
    scope: CallScope,
    { evaluation, time }: EvaluatedCall,
    approvals: Approvals | undefined,
  ): boolean {
    const { decision, args } = evaluation;
    if (approvals === undefined || decision.decision !== "approval_needed") return false;
    if (approvals.digest !== this.#digest(scope, args, decision)) return false;
    const asked = decision.obligations.filter((each): each is ApprovalObligation => each.type === "approval");
    return approvalsMet(asked, approvals.given, requestersOf(scope.call.agent), approvals.askedAt, time);
  }

  async #evaluate({ policies, mode, call }: CallScope, result?: CallResult): Promise<EvaluatedCall> {
    const states = await readStates(this.#store, policies, ownerOf(call));
    const time = this.#now();
    const handles = mode === "observe" ? ALL_OBLIGATIONS : this.#handles;
    const settings = { hashKey: this.#key, handles };
    return { states, evaluation: evaluateCall(states, call, time, settings, result), time };
  }

  async #finish(
    scope: CallScope,
    open: boolean,
    given: CallResult,
    recorded: DecisionRecord["args"],
  ): Promise<ResultOutcome> {
    const copied = checkIJsonObject(given);
    const result: CallResult = copied.ok ? (copied.value as unknown as CallResult) : { status: "unknown" };
    let decision: DecisionDocument = copied.ok ? refusal("internal_error") : INVALID;
    let seen: CallResult | undefined;
    try {
      // The answer is judged with the call still in flight; whatever comes of that, the state hears of its end.
      const judged = open && copied.ok ? await this.#evaluate(scope, result).catch(() => null) : null;
      if (open) await this.#end(scope, "finished", result);
      if (judged !== null) {
        decision = judged.evaluation.decision;
        seen = decision.decision === "deny" ? undefined : judged.evaluation.result;
      }
    } catch {
      decision = refusal("internal_error");
      seen = undefined;
    }
    if (scope.mode === "observe") seen = given;
    const told = await this.#told(scope, "result", decision, scope.call.args, recorded);
    return { ...told.outcome, result: told.recorded ? seen : undefined };
  }

  /** Writes the end of a call; other calls may end at the same time, so it tries for long. */
  async #end(scope: CallScope, phase: "finished" | "abandoned", result?: CallResult): Promise<void> {
    for (let attempt = 0; attempt < FINISH_ATTEMPTS; attempt++) {
      const states = await readStates(this.#store, scope.policies, ownerOf(scope.call));
      const event: CallEvent = {
        phase,
        id: crypto.randomUUID(),
        call_id: scope.id,
        time: iso(this.#now()),
        ...subjectOf(scope.call),
        ...(result === undefined ? {} : { result }),
      };
      if (await this.#store.write(advanceStates(states, [event], false).writes, [])) return;
    }
    throw new Error("the end of a call could not be written");
  }

  #digest({ policies, call }: CallScope, args: JsonObject, decision: DecisionDocument): string {
    const bundles = policies.map((each) => each.meta.digest);
    return callDigest(this.#key, call, args, decision, bundles);
  }

  /** Envelope and record; a decision that cannot be recorded is a deny. `kept`: the arguments as recorded before. */
  async #told(
    scope: CallScope,
    phase: "call" | "result",
    decision: DecisionDocument,
    args: JsonObject,
    kept?: DecisionRecord["args"],
  ): Promise<{
    readonly outcome: Outcome;
    readonly recorded: boolean;
    readonly args: DecisionRecord["args"];
  }> {
    const { policies, mode, call, started } = scope;
    const envelope: Envelope = {
      id: crypto.randomUUID(),
      mode,
      bundle: policies.map(({ meta: { revision, serial, digest, signed } }) => ({
        revision,
        serial,
        digest,
        signed,
      })),
      time: iso(this.#now()),
      duration_us: Math.round((performance.now() - started) * 1000),
      call_digest: this.#digest(scope, args, decision),
    };
    try {
      const shown = kept ?? recordedArgs(policies, call, decision, this.#key);
      await this.#options.sink?.record(recordOf(call, phase, decision, envelope, shown));
      return { outcome: { envelope, decision }, recorded: true, args: shown };
    } catch {
      return {
        outcome: { envelope, decision: refusal("internal_error", decision) },
        recorded: false,
        args: [],
      };
    }
  }

  #now(): number {
    this.#lastTime = Math.max(this.#lastTime, (this.#options.clock ?? Date.now)());
    return this.#lastTime;
  }
}

const ALL_OBLIGATIONS: ReadonlySet<Obligation["type"]> = new Set(["approval", "redact", "reserve"]);
const INVALID = engineRefusal("invalid_input");
const iso = (time: number): string => new Date(time).toISOString();

const lets = ({ decision }: DecisionDocument, approved: boolean): boolean =>
  decision === "allow" || decision === "sanitize" || (decision === "approval_needed" && approved);

const ownerOf = (call: PolicyCall): { tenant: string; agent: string; session: string | null } => ({
  tenant: call.agent.tenant ?? "",
  agent: call.agent.id,
  session: call.session ?? null,
});

/** What an event says of a call; `args` are those that run. */
const subjectOf = (call: PolicyCall): Pick<CallEvent, "agent" | "context" | "tool" | "action" | "args"> => ({
  agent: call.agent as JsonObject,
  context: contextOf(call),
  tool: call.tool,
  action: call.action,
  args: call.args,
});
