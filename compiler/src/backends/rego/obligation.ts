// Obligations that are known when compiling, as the decision document lists them.
import {
  canonicalJson,
  type IrApproval,
  type IrProgram,
  type IrRedaction,
  type Obligation,
  printDuration,
  type RedactionMethodDocument,
} from "@aegis/runtime/core";
import { regoValue } from "./print-rego.ts";

/** `[type, rule, path, text, obligation]`: sorting such lists sorts obligations as the contract says. */
export function obligationEntry(obligation: Obligation): string {
  const path = obligation.type === "redact" ? obligation.path : "";
  return regoValue([obligation.type, obligation.rule, path, canonicalJson(obligation), obligation]);
}

export function approvalObligation(rule: string, { by, via, within }: IrApproval): Obligation {
  return {
    type: "approval",
    rule,
    by,
    ...(via.length === 0 ? {} : { via }),
    ...(within === null ? {} : { within: printDuration(within) }),
  };
}

export function redactObligation(
  rule: string,
  { path, matching, with: method }: IrRedaction,
  program: IrProgram,
): Obligation {
  const detector = matching === null ? undefined : program.patterns[matching]?.name;
  return {
    type: "redact",
    rule,
    path,
    ...(detector === undefined ? {} : { matching: detector }),
    with: methodDocument(method),
  };
}

function methodDocument(method: IrRedaction["with"]): RedactionMethodDocument {
  switch (method.kind) {
    case "replace":
      return { replace: method.value };
    case "truncate":
      return { truncate: method.keep };
    default:
      return method.kind;
  }
}
