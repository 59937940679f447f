// The keyed digest of a decided call: what an approval is bound to.
import { canonicalJson, type DecisionDocument, type JsonObject } from "../core/index.ts";
import type { PolicyCall } from "./policy-call.ts";
import { hmacSha256 } from "./redaction/rewrite-text.ts";

/**
 * Everything that makes two calls different for an approver: who (tenant, agent with its chain of delegation, session),
 * what (tool, action, server, context, facts, and `args` redacted, with defaults explicit), and why it was held (rules,
 * approvals asked for, the bundles).
 */
export function callDigest(
  key: string,
  call: PolicyCall,
  args: JsonObject,
  decision: DecisionDocument,
  bundles: readonly string[],
): string {
  const subject = {
    tenant: call.agent.tenant ?? null,
    agent: call.agent,
    session: call.session ?? null,
    context: call.context ?? {},
    server: call.server ?? null,
    tool: call.tool,
    action: call.action,
    args,
    facts: call.facts ?? {},
    rules: decision.rules,
    asked: decision.obligations.filter((each) => each.type === "approval"),
    bundles,
  };
  return `hmac-sha256:${hmacSha256(key, canonicalJson(subject))}`;
}
