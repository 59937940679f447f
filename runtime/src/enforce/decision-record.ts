// What is recorded of a decision: the call without anything that a matched rule redacts.
import type { DecisionDocument } from "../core/index.ts";
import { redactCall, redactionsOf } from "./evaluate-call.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import type { DecisionRecord, Envelope, PolicyCall } from "./policy-call.ts";

export function recordOf(
  call: PolicyCall,
  phase: "call" | "result",
  decision: DecisionDocument,
  envelope: Envelope,
  args: DecisionRecord["args"],
): DecisionRecord {
  const { id, tenant } = call.agent;
  return {
    envelope,
    phase,
    agent: { id, ...(tenant === undefined ? {} : { tenant }) },
    ...(call.session === undefined ? {} : { session: call.session }),
    tool: call.tool,
    action: call.action,
    args,
    decision,
  };
}

/**
 * The arguments without what matched rules redact. Codes without matched rules name no redactions, so only names are
 * kept then, of arguments that are declared: a name that a caller makes up may hold anything.
 */
export function recordedArgs(
  policies: readonly LoadedPolicy[],
  call: PolicyCall,
  decision: DecisionDocument,
  hashKey: string,
): DecisionRecord["args"] {
  const declared = new Set(
    policies.flatMap((each) => each.actionOf(call.tool, call.action)?.params.map(({ name }) => name) ?? []),
  );
  const names = Object.keys(call.args).filter((name) => declared.has(name));
  if (decision.rules.length === 0) return names;
  const redactions = redactionsOf(decision).filter((each) => each.path.startsWith("/args"));
  return redactCall(policies, call, undefined, redactions, hashKey)?.args ?? names;
}
