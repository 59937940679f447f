// What a rule may do, given when it is asked.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { RuleDeclaration } from "../../syntax/ast.ts";

export function checkEffect(sink: DiagnosticSink, node: RuleDeclaration, phase: "call" | "result"): void {
  const { effect } = node;
  if (phase === "result") {
    if (effect === "deny") sink.report(policyDiagnostics["result-deny"](node.name.span));
    else if (effect === "allow" || effect === "approval")
      sink.report(policyDiagnostics["result-effect"](node.name.span));
    for (const redaction of node.redactions)
      if (redaction.path.root === "args")
        sink.report(policyDiagnostics["mixed-redaction"](redaction.path.span));
  } else if (effect === "withhold") sink.report(policyDiagnostics["withhold-call"](node.name.span));
  if (node.approval !== null && effect !== "approval")
    sink.report(policyDiagnostics["approval-clause"](node.approval.span));
  const [redaction] = node.redactions;
  if (effect === "allow" && redaction !== undefined)
    sink.report(policyDiagnostics["redact-allow"](redaction.span));
  if (effect === "sanitize" && redaction === undefined)
    sink.report(policyDiagnostics["sanitize-nothing"](node.name.span));
}
