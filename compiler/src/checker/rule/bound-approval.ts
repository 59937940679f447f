// Roles of approvers that a policy's parameter names: `by 2 of role "{approvers}"`.
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { ApprovalClause } from "../../syntax/ast.ts";
import type { StringLiteral } from "../../syntax/expression.ts";
import type { Variable } from "../check-context.ts";

const PLACEHOLDER = /^\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** The clause with the roles that `use` gave; where nothing gave one (an unused policy) it stands as written. */
export function boundApproval(
  clause: ApprovalClause | null,
  variables: ReadonlyMap<string, Variable>,
  sink: DiagnosticSink,
): ApprovalClause | null {
  if (clause === null) return null;
  return {
    ...clause,
    by: clause.by.map((approver) =>
      approver.role === null ? approver : { ...approver, role: boundRole(approver.role, variables, sink) },
    ),
  };
}

function boundRole(
  role: StringLiteral,
  variables: ReadonlyMap<string, Variable>,
  sink: DiagnosticSink,
): StringLiteral {
  const name = PLACEHOLDER.exec(role.value)?.[1];
  if (name === undefined) return role;
  const variable = variables.get(name);
  if (variable?.type.kind !== "string" || variable.place !== undefined) {
    sink.report(policyDiagnostics["role-parameter"](role.span, { name }));
    return role;
  }
  return typeof variable.constant === "string" ? { ...role, value: variable.constant } : role;
}
