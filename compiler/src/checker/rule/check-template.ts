// `because` and `hint`: texts with placeholders.
import { isScalar, printType } from "@aegis/runtime/core";
import { policyDiagnostics } from "../../diagnostics/catalogue/policy.ts";
import type { Template } from "../../syntax/ast.ts";
import type { CheckContext } from "../check-context.ts";
import { isError } from "../checked.ts";
import { checkAlone } from "../expressions/check.ts";

/** Placeholders print scalars that are there. */
export function checkBecause(context: CheckContext, template: Template | null): void {
  for (const part of template?.parts ?? []) {
    if (part.kind === "text") continue;
    const checked = checkAlone({ ...context, labels: false, absentDecides: null }, part.expression, null);
    if (!isError(checked.type) && !isScalar(checked.type))
      context.sink.report(
        policyDiagnostics.placeholder(part.expression.span, { type: printType(checked.type) }),
      );
  }
}

/** A hint reaches the agent, so it shows no values. */
export function checkHint(context: Pick<CheckContext, "sink">, template: Template | null): void {
  for (const part of template?.parts ?? [])
    if (part.kind === "value")
      context.sink.report(policyDiagnostics["hint-placeholder"](part.expression.span));
}
