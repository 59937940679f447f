// The conditions of a rule for one action: `for`, and `when` and not `unless`, with the bound that its effect asks for.
import type { IrExpression } from "@aegis/runtime/core";
import type { RuleDeclaration } from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";
import { both, either, negate, TRUE } from "./build.ts";
import { checkedSize } from "./expression-size.ts";
import type { ConditionSource, Environment } from "./environment.ts";
import type { Bound } from "./resolve-maybe.ts";
import { resolveMaybe } from "./resolve-maybe.ts";
import type { TargetSource } from "./source-map.ts";
import { recording, targetEnvironment } from "./target-environment.ts";
import type { ProgramContext, Target } from "./target-environment.ts";

export interface LoweredTarget {
  readonly action: number;
  readonly environment: Environment;
  readonly scope: IrExpression;
  readonly when: IrExpression;
  readonly source: TargetSource;
}

export function lowerConditions(
  program: ProgramContext,
  target: Target,
  scopes: readonly Expression[],
  rule: Pick<RuleDeclaration, "when" | "unless">,
  grants: boolean,
): LoweredTarget {
  const environment = targetEnvironment(program, target);
  const bound: Bound = grants ? "lower" : "upper";
  const lower = (node: Expression | null) =>
    node === null
      ? { expression: TRUE, sources: [] }
      : recording(environment, (recorded) => environment.lower.condition(node, recorded));
  const scope = scopes.map(lower);
  const when = lower(rule.when);
  const unless = lower(rule.unless);
  const written = both(when.expression, rule.unless === null ? TRUE : negate(unless.expression));
  const decided = decideAbsent(written, target.group.absentDecides ?? [], environment, grants);
  const resolve = (sources: readonly ConditionSource[]): readonly ConditionSource[] =>
    sources.map(({ span, expression }) => ({ span, expression: resolveMaybe(expression, bound) }));
  return {
    action: target.action,
    environment,
    scope: checkedSize(resolveMaybe(both(...scope.map((each) => each.expression)), bound)),
    when: checkedSize(resolveMaybe(decided, bound)),
    source: {
      action: target.action,
      scope: resolve(scope.flatMap((each) => each.sources)),
      when: resolve(when.sources),
      unless: resolve(unless.sources),
    },
  };
}

/** From YAML: where an optional argument that the condition reads is absent, a restriction holds and a grant fails. */
function decideAbsent(
  condition: IrExpression,
  places: readonly Expression[],
  environment: Environment,
  grants: boolean,
): IrExpression {
  const present = places.flatMap((node): IrExpression[] => {
    const { expression, type } = environment.lower.place(node, environment);
    return type.kind === "optional" ? [{ kind: "present", of: expression }] : [];
  });
  return grants ? both(...present, condition) : either(...present.map(negate), condition);
}
