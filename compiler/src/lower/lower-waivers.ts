// Exceptions: what switches a rule off while it holds. Truth loosens, so an uncertain label counts against it.
import type { IrExpression } from "@aegis/runtime/core";
import type { CheckedException } from "../checker/checked-program.ts";
import { both, FALSE } from "./build.ts";
import { lowerConditions } from "./lower-conditions.ts";
import type { ProgramContext } from "./target-environment.ts";
import { targetsOf } from "./target-environment.ts";

export interface LoweredWaiver {
  readonly id: string;
  readonly until: number;
  /** Per action asked for. */
  readonly when: readonly IrExpression[];
}

export function lowerWaiver(
  program: ProgramContext,
  exception: CheckedException,
  actions: readonly number[],
): LoweredWaiver {
  const { declaration, id, until } = exception;
  const targets = new Map(targetsOf(exception.groups).map((target) => [target.action, target]));
  const when = actions.map((action) => {
    const target = targets.get(action);
    if (target === undefined) return FALSE;
    const { types } = target.group;
    const scopes = declaration.scope === null ? [] : [{ expression: declaration.scope, types }];
    const conditions = { when: declaration.when, unless: null };
    const lowered = lowerConditions(program, target, scopes, conditions, true);
    return both(lowered.scope, lowered.when);
  });
  return { id, until, when };
}
