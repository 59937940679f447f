// Decides a call on all loaded policies, carries out its redactions, and decides what is left once more.
import {
  compareUtf8,
  type DecisionDocument,
  type JsonObject,
  type JsonValue,
  type Obligation,
  type Phase,
} from "../core/index.ts";
import type { PolicyCall } from "./policy-call.ts";
import { snapshotOf, type PolicyState } from "./policy-state.ts";
import { redact, survives, type RedactionContext, type RedactObligation } from "./redaction/redact.ts";
import { refusal, strictest, strictness } from "./verdict.ts";

export interface CallResult {
  readonly status: "ok" | "error" | "unknown";
  readonly value?: JsonValue;
}

export interface Evaluation {
  readonly decision: DecisionDocument;
  /** What runs if the decision lets it: redacted. */
  readonly args: JsonObject;
  readonly result: CallResult | undefined;
}

export interface EvaluationSettings {
  readonly hashKey: string | null;
  /** Types of obligations that this enforcement point can carry out. */
  readonly handles: ReadonlySet<Obligation["type"]>;
}

/** `time` in ms. Never throws on what a caller sends; an obligation that cannot be carried out is a deny. */
export function evaluateCall(
  states: readonly PolicyState[],
  call: PolicyCall,
  time: number,
  settings: EvaluationSettings,
  result?: CallResult,
): Evaluation {
  const phase: Phase = result === undefined ? "call" : "result";
  const decide = (args: JsonObject, value: CallResult | undefined): DecisionDocument =>
    strictest(
      states.map((each) => each.policy.engine.decide(requestOf(each, call, phase, time, args, value))),
    );
  const decision = decide(call.args, result);
  const refuse = (code: "obligation_unknown" | "redaction_invalid"): Evaluation => ({
    decision: refusal(code, decision),
    args: call.args,
    result,
  });
  if (decision.decision === "deny") return { decision, args: call.args, result };
  if (decision.obligations.some((each) => !settings.handles.has(each.type)))
    return refuse("obligation_unknown");
  const redactions = redactionsOf(decision);
  if (redactions.length === 0) return { decision, args: call.args, result };

  const redacted = redactCall(states, call, result, redactions, settings.hashKey);
  if (redacted === null) return refuse("redaction_invalid");
  const again = decide(redacted.args, redacted.result);
  if (again.decision === "deny")
    return {
      decision: again.code === "matched" ? again : refusal("redaction_invalid", decision),
      ...redacted,
    };
  const known = new Set(decision.obligations.map((each) => JSON.stringify(each)));
  if (again.obligations.some((each) => !known.has(JSON.stringify(each)))) return refuse("redaction_invalid");
  return {
    decision: strictness(again.decision) > strictness(decision.decision) ? again : decision,
    ...redacted,
  };
}

export const redactionsOf = (decision: DecisionDocument): RedactObligation[] =>
  decision.obligations.filter((each): each is RedactObligation => each.type === "redact");

function requestOf(
  state: PolicyState,
  call: PolicyCall,
  phase: Phase,
  time: number,
  args: JsonObject,
  result: CallResult | undefined,
): unknown {
  return {
    phase,
    agent: call.agent,
    tool: call.tool,
    action: call.action,
    args,
    context: {
      ...call.context,
      time: new Date(time).toISOString(),
      ...(call.session === undefined ? {} : { session: call.session }),
    },
    state: snapshotOf(state, time),
    facts: state.policy.factsOf(call.tool, call.action, args, call.facts),
    ...(result === undefined ? {} : { result }),
  };
}

/** Redacts by every policy's obligations at once; null when one cannot be carried out. */
export function redactCall(
  states: readonly Pick<PolicyState, "policy">[],
  call: PolicyCall,
  result: CallResult | undefined,
  obligations: readonly RedactObligation[],
  hashKey: string | null,
): { readonly args: JsonObject; readonly result: CallResult | undefined } | null {
  const context = redactionContext(states, call, hashKey);
  const done = redact({ args: call.args, ...(result === undefined ? {} : { result }) }, obligations, context);
  if (!done.ok || survives(done.document, obligations, context)) return null;
  const after = done.document.result;
  return {
    args: done.document.args,
    result: after === undefined ? undefined : { ...result, ...after, status: result?.status ?? "unknown" },
  };
}

function redactionContext(
  states: readonly Pick<PolicyState, "policy">[],
  call: PolicyCall,
  hashKey: string | null,
): RedactionContext {
  const actions = states.flatMap((each) => each.policy.actionOf(call.tool, call.action) ?? []);
  return {
    // Where policies type an argument differently, headers (case-insensitive) is the reading that misses nothing.
    params: actions
      .flatMap((each) => each.params)
      .sort((a, b) => compareUtf8(a.name, b.name) || Number(isHeaders(b.type)) - Number(isHeaders(a.type))),
    result: actions[0]?.result ?? { kind: "json" },
    matcherOf: (name) => states.map((each) => each.policy.matcherOf(name)).find((each) => each !== undefined),
    hashKey,
  };
}
const isHeaders = (type: { readonly kind: string; readonly of?: unknown }): boolean =>
  JSON.stringify(type).includes('"kind":"headers"');
