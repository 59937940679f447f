// What is recorded of a decision: the call without anything that a matched rule redacts.
import type { DecisionDocument, JsonObject } from "../core/index.ts";
import { redactCall, redactionsOf } from "./evaluate-call.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import type { DecisionRecord, Envelope, PolicyCall } from "./policy-call.ts";

/** Codes without matched rules name no redactions, so only the names of the arguments are kept. */
export function decisionRecord(
  policies: readonly LoadedPolicy[],
  call: PolicyCall,
  phase: "call" | "result",
  decision: DecisionDocument,
  envelope: Envelope,
  hashKey: string,
): DecisionRecord {
  const { id, tenant } = call.agent;
  return {
    envelope,
    phase,
    agent: { id, ...(tenant === undefined ? {} : { tenant }) },
    ...(call.session === undefined ? {} : { session: call.session }),
    tool: call.tool,
    action: call.action,
    args: recordedArgs(policies, call, decision, hashKey),
    decision,
  };
}

function recordedArgs(
  policies: readonly LoadedPolicy[],
  call: PolicyCall,
  decision: DecisionDocument,
  hashKey: string,
): JsonObject | readonly string[] {
  const names = Object.keys(call.args);
  if (decision.rules.length === 0) return names;
  const states = policies.map((policy) => ({ policy }));
  const redactions = redactionsOf(decision).filter((each) => each.path.startsWith("/args"));
  return redactCall(states, call, undefined, redactions, hashKey)?.args ?? names;
}
