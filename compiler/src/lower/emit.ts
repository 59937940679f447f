// From lowered declarations to IR ones: expressions go into the table.
import type {
  IrCounter,
  IrLabel,
  IrReasonPart,
  IrRedaction,
  IrRedactionMethod,
  IrRule,
} from "@aegis/runtime/core";
import { readsOf } from "@aegis/runtime/core";
import type { CheckedRedaction } from "../checker/checked-program.ts";
import type { LoweredLabel } from "./lower-label.ts";
import type { LoweredCounter } from "./lower-limit.ts";
import type { ReasonPart } from "./lower-reason.ts";
import type { LoweredRule } from "./lower-rule.ts";
import type { ProgramTables } from "./program-tables.ts";

export function emitRule(rule: LoweredRule, tables: ProgramTables): IrRule {
  const { id, effect, phase, shadow, hint, approval, limit, annotations } = rule;
  return {
    id,
    effect,
    phase,
    targets: rule.targets.map(({ action, scope, when, redactions }) => ({
      action,
      scope: tables.expressionIndex(scope),
      when: tables.expressionIndex(when),
      reads: readsOf(scope, when),
      redactions: redactions.map((redaction) => emitRedaction(redaction, tables)),
    })),
    ...(shadow === null ? {} : { shadow }),
    waivers: rule.waivers.map((waiver) => ({
      id: waiver.id,
      until: waiver.until,
      when: waiver.when.map((when) => tables.expressionIndex(when)),
      reads: waiver.when.map((when) => readsOf(when)),
    })),
    reason: rule.reason?.map((part) => emitReason(part, tables)) ?? null,
    hint,
    approval,
    limit,
    annotations,
  };
}

function emitReason(part: ReasonPart, tables: ProgramTables): IrReasonPart {
  if (part.kind === "text") return part;
  return {
    kind: "value",
    values: part.values.map((value) => tables.expressionIndex(value)),
    path: part.path,
  };
}

function emitRedaction(redaction: CheckedRedaction, tables: ProgramTables): IrRedaction {
  const { path, matching } = redaction;
  return {
    path,
    matching: matching === null ? null : tables.patternIndex(matching.name, matching.pattern),
    with: emitMethod(redaction.with),
  };
}

const WHOLE = { remove: { kind: "remove" }, mask: { kind: "mask" }, hash: { kind: "hash" } } as const;

function emitMethod(method: CheckedRedaction["with"]): IrRedactionMethod {
  if (typeof method !== "object") return WHOLE[method];
  return "replace" in method
    ? { kind: "replace", value: method.replace }
    : { kind: "truncate", keep: method.truncate };
}

export function emitLabel(label: LoweredLabel, tables: ProgramTables): IrLabel {
  const transitions = label.transitions.map((transition) => ({
    ...transition,
    targets: transition.targets.map(({ action, when, each, key }) => ({
      action,
      when: tables.expressionIndex(when),
      each: each === null ? null : tables.expressionIndex(each),
      key: key.map((part) => tables.expressionIndex(part)),
    })),
  }));
  return { ...label, transitions };
}

export function emitCounter(counter: LoweredCounter, tables: ProgramTables): IrCounter {
  const targets = counter.targets.map(({ action, key, amount, settle }) => ({
    action,
    key: key.map((part) => tables.expressionIndex(part)),
    amount: tables.expressionIndex(amount),
    settle: settle === null ? null : tables.expressionIndex(settle),
  }));
  return { ...counter, targets };
}
