// Who approves, through which channel, in which time.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { ApprovalClause } from "../../syntax/ast.ts";
import type { Declarations } from "../declarations/declarations.ts";

export function checkApproval(declarations: Declarations, clause: ApprovalClause | null): void {
  if (clause === null) return;
  for (const approver of clause.by)
    if (approver.count < 1) declarations.sink.report(policyDiagnostics["approval-count"](approver.span));
  const { channels } = declarations.program.inputs;
  if (channels === null) return;
  for (const channel of clause.via)
    if (!channels.has(channel.text))
      declarations.sink.report(
        policyDiagnostics["unknown-channel"](channel.span, {
          name: channel.text,
          hint: didYouMean(channel.text, channels, "name it under `channels` in aegis.json"),
        }),
      );
}
