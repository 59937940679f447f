// Who approves: without `by`, any one person other than the requester.
import type { IrApproval } from "@aegis/runtime/core";
import type { ApprovalClause } from "../syntax/ast.ts";

export function lowerApproval(clause: ApprovalClause | null): IrApproval {
  const by = (clause?.by ?? []).map(({ role, user, count }) => ({
    ...(role === null ? {} : { role: role.value }),
    ...(user === null ? {} : { user: user.value }),
    count,
  }));
  return {
    by: by.length === 0 ? [{ count: 1 }] : by,
    via: (clause?.via ?? []).map((channel) => channel.text),
    within: clause?.within?.milliseconds ?? null,
  };
}
