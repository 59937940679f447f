// Rules: one target per action, with conditions, redactions, reason and what else the rule carries.
import type { IrApproval, IrEffect, IrExpression } from "@aegis/runtime/core";
import type { CheckedException, CheckedRedaction, CheckedRule } from "../checker/checked-program.ts";
import type { Effect, PolicyDeclaration } from "../syntax/ast.ts";
import { lowerAnnotations } from "./lower-annotations.ts";
import { lowerApproval } from "./lower-approval.ts";
import { lowerConditions } from "./lower-conditions.ts";
import type { LoweredTarget } from "./lower-conditions.ts";
import { lowerHint, lowerReason } from "./lower-reason.ts";
import type { ReasonPart } from "./lower-reason.ts";
import { lowerWaiver } from "./lower-waivers.ts";
import type { LoweredWaiver } from "./lower-waivers.ts";
import type { RuleSource } from "./source-map.ts";
import { targetsOf } from "./target-environment.ts";
import type { ProgramContext } from "./target-environment.ts";

/** A rule whose expressions stand in it, not yet in the table. */
export interface LoweredRule {
  readonly id: string;
  readonly effect: IrEffect;
  readonly phase: "call" | "result";
  readonly targets: readonly {
    readonly action: number;
    readonly scope: IrExpression;
    readonly when: IrExpression;
    readonly redactions: readonly CheckedRedaction[];
  }[];
  readonly shadow: { readonly until?: number } | null;
  readonly waivers: readonly LoweredWaiver[];
  readonly reason: readonly ReasonPart[] | null;
  readonly hint: string | null;
  readonly approval: IrApproval | null;
  readonly limit: number | null;
  readonly annotations: readonly { readonly name: string; readonly value: string }[];
  readonly source: RuleSource;
}

const EFFECTS: Readonly<Record<Effect, IrEffect>> = {
  allow: "allow",
  sanitize: "sanitize",
  approval: "approval",
  deny: "deny",
  withhold: "deny",
};

export function lowerRule(
  program: ProgramContext,
  rule: CheckedRule,
  exceptions: readonly CheckedException[],
  policy: PolicyDeclaration | undefined,
): LoweredRule {
  const { declaration } = rule;
  // What is said of a policy is said of its rules, unless they say otherwise.
  const own = declaration.annotations;
  const inherited = (policy?.annotations ?? []).filter(
    ({ name }) => !own.some((each) => each.name.text === name.text),
  );
  const effect = EFFECTS[declaration.effect];
  const targets = targetsOf(rule.groups);
  const lowered = targets.map((target): LoweredTarget =>
    lowerConditions(program, target, rule.scopes, declaration, effect === "allow"),
  );
  const actions = targets.map((target) => target.action);
  return {
    id: rule.id,
    effect,
    phase: rule.phase,
    targets: lowered.map(({ action, scope, when }, index) => ({
      action,
      scope,
      when,
      redactions: rule.redactions[targets[index]?.index ?? -1] ?? [],
    })),
    shadow: rule.shadow,
    waivers: exceptions.map((exception) => lowerWaiver(program, exception, actions)),
    reason: lowerReason(
      declaration.because,
      lowered.map((target) => target.environment),
    ),
    hint: lowerHint(declaration.hint),
    approval: effect === "approval" ? lowerApproval(rule.approval) : null,
    limit: null,
    annotations: lowerAnnotations([...own, ...inherited]),
    source: {
      id: rule.id,
      package: rule.package,
      span: declaration.span,
      name: declaration.name.span,
      targets: lowered.map((target) => target.source),
    },
  };
}
