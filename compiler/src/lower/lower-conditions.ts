// The conditions of a rule for one action: `for`, and `when` and not `unless`, with the bound that its effect asks for.
import type { IrExpression } from "@aegis/runtime/core";
import type { CheckedScope } from "../checker/checked-program.ts";
import type { RuleDeclaration } from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";
import { both, either, negate, TRUE } from "./build.ts";
import { checkedSize } from "./expression-size.ts";
import type { ConditionSource, Environment } from "./environment.ts";
import type { Bound } from "./resolve-maybe.ts";
import { hasLabel, resolveMaybe } from "./resolve-maybe.ts";
import type { TargetSource } from "./source-map.ts";
import { recording, targetEnvironment } from "./target-environment.ts";
import type { LoweredScope, ProgramContext, RecordedCondition, Target } from "./target-environment.ts";

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
  scopes: readonly CheckedScope[],
  rule: Pick<RuleDeclaration, "when" | "unless">,
  grants: boolean,
): LoweredTarget {
  const environment = targetEnvironment(program, target);
  const bound: Bound = grants ? "lower" : "upper";
  const scope = scopes.map((each) => lowerScope(program, each, environment));
  const when = lower(rule.when, environment);
  const unless = lower(rule.unless, environment);
  const written = rule.unless === null ? when.expression : both(when.expression, negate(unless.expression));
  const decided = decideAbsent(written, target.group.absentDecides ?? [], environment, grants);
  // A condition without more to it was measured when it was lowered.
  const sized = decided === when.expression ? decided : checkedSize(decided);
  const labelled = environment.labels.met && hasLabel(sized);
  const resolve = (sources: readonly ConditionSource[]): readonly ConditionSource[] =>
    labelled
      ? sources.map(({ span, expression }) => ({ span, expression: resolveMaybe(expression, bound) }))
      : sources;
  return {
    action: target.action,
    environment,
    scope: scopeOf(scope, bound),
    when: labelled ? checkedSize(resolveMaybe(decided, bound)) : sized,
    source: {
      action: target.action,
      // No label may stand in a `for`.
      scope: scope.flatMap((each) => each.sources),
      when: resolve(when.sources),
      unless: resolve(unless.sources),
    },
  };
}

/** One `for` was measured when it was lowered. */
function scopeOf(scope: readonly LoweredScope[], bound: Bound): IrExpression {
  const first = scope[0];
  if (first === undefined) return TRUE;
  const joined = both(...scope.map((each) => each.expression));
  const whole = scope.some((each) => each.labelled) ? resolveMaybe(joined, bound) : joined;
  return scope.length === 1 && whole === first.expression ? whole : checkedSize(whole);
}

const NOTHING: RecordedCondition = { expression: TRUE, sources: [] };

const lower = (node: Expression | null, environment: Environment): RecordedCondition =>
  node === null ? NOTHING : recording(environment, (recorded) => environment.lower.condition(node, recorded));

/** A `for` reads nothing of the call, so that it is the same for every action. */
function lowerScope(program: ProgramContext, scope: CheckedScope, environment: Environment): LoweredScope {
  const known = program.scopes.get(scope);
  if (known !== undefined) return known;
  const condition = lower(scope.expression, { ...environment, types: scope.types });
  const lowered = { ...condition, labelled: hasLabel(condition.expression) };
  program.scopes.set(scope, lowered);
  return lowered;
}

/** From YAML: where an optional argument that the condition reads is absent, a restriction holds and a grant fails. */
function decideAbsent(
  condition: IrExpression,
  places: readonly Expression[],
  environment: Environment,
  grants: boolean,
): IrExpression {
  if (places.length === 0) return condition;
  const present = places.flatMap((node): IrExpression[] => {
    const { expression, type } = environment.lower.place(node, environment);
    return type.kind === "optional" ? [{ kind: "present", of: expression }] : [];
  });
  return grants ? both(...present, condition) : either(...present.map(negate), condition);
}
