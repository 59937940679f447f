// Limits: a counter, and the rule that refuses (or asks) where this call would pass it.
import { DECIMAL, DECIMAL_SCALE, DEFAULT_MAX_ITEMS, INT } from "@aegis/runtime/core";
import type { IrCounter, IrExpression } from "@aegis/runtime/core";
import type { CheckedLimit } from "../checker/checked-program.ts";
import type { Expression } from "../syntax/expression.ts";
import { both, constant, either, TRUE } from "./build.ts";
import { checkedSize } from "./expression-size.ts";
import type { Environment } from "./environment.ts";
import { lowerAnnotations } from "./lower-annotations.ts";
import { lowerApproval } from "./lower-approval.ts";
import { lowerHint, lowerReason } from "./lower-reason.ts";
import type { LoweredRule } from "./lower-rule.ts";
import { isNonNegative } from "./non-negative.ts";
import { assumeSet } from "./resolve-maybe.ts";
import { targetEnvironment, targetsOf } from "./target-environment.ts";
import type { ProgramContext } from "./target-environment.ts";

export interface LoweredCounter extends Omit<IrCounter, "targets"> {
  readonly targets: readonly {
    readonly action: number;
    readonly key: readonly IrExpression[];
    readonly amount: IrExpression;
    readonly settle: IrExpression | null;
  }[];
}

const BUCKETS = 60;

export function lowerLimit(
  program: ProgramContext,
  limit: CheckedLimit,
  cell: number,
): { readonly counter: LoweredCounter; readonly rule: LoweredRule } {
  const { declaration, id } = limit;
  const targets = targetsOf(limit.groups).map(({ action, group, index }) => {
    const environment = targetEnvironment(program, { action, group, index });
    const amount = lowerAmount(limit, environment);
    const key = declaration.keys.map((each) => environment.lower.value(each, environment).expression);
    const to = environment.lower.value(declaration.to, environment).expression;
    const counter: IrExpression = { kind: "counter", cell, key };
    const sum: IrExpression = { kind: "arithmetic", op: "add", left: counter, right: amount };
    const passed: IrExpression = { kind: "compare", op: "gt", left: sum, right: to };
    const known = isNonNegative(amount);
    return {
      action,
      environment,
      key,
      // A negative amount that no type could refuse is refused here, and reserves nothing.
      when: checkedSize(assumeSet(known ? passed : either(isNegative(amount, limit), passed))),
      amount: known ? amount : clamped(amount, zero(limit), limit),
      settle: lowerSettle(limit, environment, known ? amount : clamped(amount, zero(limit), limit)),
    };
  });
  const window = declaration.over?.milliseconds ?? null;
  return {
    counter: {
      id,
      type: limit.type,
      scope: limit.scope,
      key: limit.key,
      // Whole buckets: a longer window never forgets earlier.
      window: window === null ? null : Math.ceil(window / BUCKETS) * BUCKETS,
      max: limit.key.length === 0 ? 1 : DEFAULT_MAX_ITEMS,
      targets: targets.map(({ action, key, amount, settle }) => ({ action, key, amount, settle })),
    },
    rule: {
      id,
      effect: declaration.otherwise === null ? "deny" : "approval",
      phase: "call",
      targets: targets.map(({ action, when }) => ({ action, scope: TRUE, when, redactions: [] })),
      shadow: null,
      waivers: [],
      reason: lowerReason(
        declaration.because,
        targets.map((target) => target.environment),
      ),
      hint: lowerHint(declaration.hint),
      approval: declaration.otherwise === null ? null : lowerApproval(declaration.otherwise),
      limit: cell,
      annotations: lowerAnnotations(declaration.annotations),
      source: {
        id,
        package: limit.package,
        span: declaration.span,
        name: declaration.name.span,
        targets: targets.map(({ action, when }) => ({
          action,
          scope: [],
          when: [{ span: declaration.span, expression: when }],
          unless: [],
        })),
      },
    },
  };
}

function lowerAmount({ declaration, type }: CheckedLimit, environment: Environment): IrExpression {
  if (declaration.sum === null) return one(type);
  return amountOf(declaration.sum, environment);
}

const amountOf = (node: Expression, environment: Environment): IrExpression =>
  assumeSet(environment.lower.value(node, environment).expression);

/** What was really used; the reserved amount where the result does not say, or says something below zero. */
function lowerSettle(
  limit: CheckedLimit,
  environment: Environment,
  reserved: IrExpression,
): IrExpression | null {
  const { settle } = limit.declaration;
  if (settle === null) return null;
  const assumedPresent: IrExpression[] = [];
  const amount = amountOf(settle, { ...environment, assumedPresent });
  const said = assumedPresent.map((of): IrExpression => ({ kind: "present", of }));
  const used = isNonNegative(amount) ? amount : clamped(amount, reserved, limit);
  const condition = both(...said);
  return condition === TRUE ? used : { kind: "if", condition, then: used, else: reserved };
}

const one = (type: CheckedLimit["type"]): IrExpression =>
  type === "int" ? constant(INT, 1) : constant(DECIMAL, DECIMAL_SCALE);
const zero = ({ type }: CheckedLimit): IrExpression => constant(type === "int" ? INT : DECIMAL, 0);

const isNegative = (amount: IrExpression, limit: CheckedLimit): IrExpression => ({
  kind: "compare",
  op: "lt",
  left: amount,
  right: zero(limit),
});
const clamped = (amount: IrExpression, otherwise: IrExpression, limit: CheckedLimit): IrExpression => ({
  kind: "if",
  condition: isNegative(amount, limit),
  then: otherwise,
  else: amount,
});
