// Takes a call over from the host: a copy that nobody else holds, in strict JSON; and makes its defaults explicit.
import { canonicalArgs, checkIJsonObject, newJsonObject, type JsonObject } from "../core/index.ts";
import { parsedTypes } from "../facts/index.ts";
import type { LoadedPolicy } from "./loaded-policy.ts";
import type { PolicyCall } from "./policy-call.ts";

export type AcceptedCall =
  | { readonly ok: true; readonly call: PolicyCall }
  /** No call: what can be told of it for the record, and nothing of its values. */
  | { readonly ok: false; readonly call: PolicyCall };

/** Never throws, whatever a host hands in. What its types say wrong beyond this the engines refuse. */
export function acceptCall(given: PolicyCall): AcceptedCall {
  const copied = checkIJsonObject(withoutAbsent(given));
  const call = copied.ok ? (copied.value as unknown as PolicyCall) : undefined;
  if (call === undefined || !isCall(call)) return { ok: false, call: NO_CALL };
  return { ok: true, call };
}

const NO_CALL: PolicyCall = { agent: { id: "" }, tool: "", action: "", args: newJsonObject() };

/** Members that a host leaves `undefined` are absent; deeper ones are refused. */
function withoutAbsent(call: unknown): unknown {
  if (typeof call !== "object" || call === null) return call;
  try {
    return Object.fromEntries(Object.entries(call).filter(([, value]) => value !== undefined));
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCall = (call: PolicyCall): boolean =>
  isObject(call) &&
  isObject(call.agent) &&
  typeof call.agent.id === "string" &&
  [call.tool, call.action, call.session ?? "", call.agent.tenant ?? ""].every(
    (each) => typeof each === "string",
  ) &&
  isObject(call.args) &&
  isObject(call.context ?? {}) &&
  isObject(call.facts ?? {});

/** The arguments with the defaults of every policy that declares the action: the forwarded call is one for all. */
export const withDefaults = (
  policies: readonly Pick<LoadedPolicy, "actionOf">[],
  { tool, action, args }: Pick<PolicyCall, "tool" | "action" | "args">,
): JsonObject =>
  policies.reduce((filled: JsonObject, policy) => {
    const declared = policy.actionOf(tool, action);
    return declared === undefined ? filled : canonicalArgs(declared.params, filled, parsedTypes);
  }, args);
