// Decides a call on all loaded policies, carries out its redactions, and decides what is left once more.
import {
  compareUtf8,
  type DecisionDocument,
  type JsonObject,
  type JsonValue,
  type Matcher,
  type Obligation,
  type Phase,
} from "../core/index.ts";
import { withDefaults } from "./accepted-call.ts";
import { isValidAt, type LoadedPolicy } from "./loaded-policy.ts";
import type { PolicyCall } from "./policy-call.ts";
import { snapshotOf, type PolicyState } from "./policy-state.ts";
import { redact, survives } from "./redaction/redact.ts";
import type { RedactionContext, RedactObligation } from "./redaction/redaction-context.ts";
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
  const policies = states.map((each) => each.policy);
  const received = withDefaults(policies, call);
  if (!policies.every((each) => isValidAt(each, time)))
    return { decision: refusal("expired"), args: received, result };
  const decide = (args: JsonObject, value: CallResult | undefined): DecisionDocument =>
    strictest(
      states.map((each) => each.policy.engine.decide(requestOf(each, call, phase, time, args, value))),
    );
  const decision = decide(received, result);
  const refuse = (code: "obligation_unknown" | "redaction_invalid"): Evaluation => ({
    decision: refusal(code, decision),
    args: received,
    result,
  });
  if (decision.decision === "deny") return { decision, args: received, result };
  if (decision.obligations.some((each) => !settings.handles.has(each.type)))
    return refuse("obligation_unknown");
  const redactions = redactionsOf(decision);
  if (redactions.length === 0) {
    // A rule that wants something redacted, in an action where it names nothing that could be.
    return decision.decision === "sanitize"
      ? refuse("redaction_invalid")
      : { decision, args: received, result };
  }

  const redacted = redactCall(policies, { ...call, args: received }, result, redactions, settings.hashKey);
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
    context: { ...contextOf(call), time: new Date(time).toISOString() },
    state: snapshotOf(state, time),
    facts: state.policy.factsOf(call.tool, call.action, args, call.facts),
    ...(result === undefined ? {} : { result }),
  };
}

/** Attributes as the host gave them; the session is the runtime's own member, whatever stands in the attributes. */
export function contextOf({ context, session }: Pick<PolicyCall, "context" | "session">): JsonObject {
  const { session: _given, time: _time, ...attributes } = context ?? {};
  return { ...attributes, ...(session === undefined ? {} : { session }) };
}

/** Redacts by every policy's obligations at once; null when one cannot be carried out. */
export function redactCall(
  policies: readonly LoadedPolicy[],
  call: PolicyCall,
  result: CallResult | undefined,
  obligations: readonly RedactObligation[],
  hashKey: string | null,
): { readonly args: JsonObject; readonly result: CallResult | undefined } | null {
  const context = redactionContext(policies, call, hashKey);
  const done = redact({ args: call.args, ...(result === undefined ? {} : { result }) }, obligations, context);
  if (!done.ok || survives(done.document, obligations, context)) return null;
  const after = done.document.result;
  return {
    args: done.document.args,
    result: after === undefined ? undefined : { ...result, ...after, status: result?.status ?? "unknown" },
  };
}

function redactionContext(
  policies: readonly LoadedPolicy[],
  call: PolicyCall,
  hashKey: string | null,
): RedactionContext {
  const actions = policies.flatMap((each) => each.actionOf(call.tool, call.action) ?? []);
  return {
    // Where policies type an argument differently, headers (case-insensitive) is the reading that misses nothing.
    params: actions
      .flatMap((each) => each.params)
      .sort((a, b) => compareUtf8(a.name, b.name) || Number(isHeaders(b.type)) - Number(isHeaders(a.type))),
    result: actions[0]?.result ?? { kind: "json" },
    matcherOf: (name) => anyOf(policies.flatMap((each) => each.matcherOf(name) ?? [])),
    hashKey,
  };
}
/** Bundles may know different patterns by one name: what any of them finds is found. */
function anyOf(matchers: readonly Matcher[]): Matcher | undefined {
  const [only] = matchers;
  if (matchers.length < 2) return only;
  return {
    test: (text) => matchers.some((each) => each.test(text)),
    spans: (text) => matchers.flatMap((each) => each.spans(text)).sort(([a], [b]) => a - b),
  };
}

const isHeaders = (type: { readonly kind: string; readonly of?: unknown }): boolean =>
  JSON.stringify(type).includes('"kind":"headers"');
