// The environment in which the expressions of a rule, limit, label or exception are lowered for one action.
import { optional, RESULT_STATUS } from "@aegis/runtime/core";
import type { Field, IrExpression, RecordType } from "@aegis/runtime/core";
import type { CheckedAction, CheckedGroup, CheckedScope } from "../checker/checked-program.ts";
import type { ConditionSource, Environment, Tables } from "./environment.ts";
import { InternalError } from "./internal-error.ts";
import { expressionLowering } from "./lower-expression.ts";
import { checkedSize } from "./expression-size.ts";
import { MAX_LOWERING_STEPS } from "./too-large.ts";

/** What lowering needs of a program besides the declaration at hand. */
export interface ProgramContext {
  readonly actions: readonly CheckedAction[];
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  readonly tables: Tables;
  /** Conditions of `for`, lowered once for all rules that are checked for them alike. */
  readonly scopes: Map<CheckedScope, LoweredScope>;
  /** What can be read, by action. */
  readonly roots: Map<number, Environment["roots"]>;
}

export interface RecordedCondition {
  readonly expression: IrExpression;
  /** The conditions met on the way. */
  readonly sources: readonly ConditionSource[];
}

export interface LoweredScope extends RecordedCondition {
  readonly labelled: boolean;
}

/** One action of a declaration, with the group that it belongs to. */
export interface Target {
  readonly action: number;
  readonly group: CheckedGroup;
  /** Index of the group. */
  readonly index: number;
}

/** The actions of all groups, ascending. */
export function targetsOf(groups: readonly CheckedGroup[]): readonly Target[] {
  const targets: Target[] = [];
  for (const [index, group] of groups.entries())
    for (const action of group.actions) targets.push({ action, group, index });
  return targets.length > 1 ? targets.sort((left, right) => left.action - right.action) : targets;
}

const record = (fields: readonly Field[], open: boolean): RecordType => ({ kind: "record", fields, open });

export function targetEnvironment(program: ProgramContext, target: Target): Environment {
  return {
    lower: expressionLowering,
    tables: program.tables,
    types: target.group.types,
    roots: rootsOf(program, target.action),
    variables: new Map(),
    parameters: new Map(),
    depth: 0,
    sources: null,
    assumedPresent: [],
    budget: { steps: MAX_LOWERING_STEPS },
    labels: { met: false },
  };
}

function rootsOf(program: ProgramContext, index: number): Environment["roots"] {
  const known = program.roots.get(index);
  if (known !== undefined) return known;
  const action = program.actions[index];
  if (action === undefined) throw new InternalError(`no action ${index}`);
  const result = [
    { name: "status", type: RESULT_STATUS },
    { name: "value", type: optional(action.result) },
  ];
  const roots = {
    args: record(action.params, action.open),
    agent: record(program.agent, true),
    context: record(program.context, true),
    result: record(result, false),
  };
  program.roots.set(index, roots);
  return roots;
}

/** Lowers with `run` and gives the conditions met on the way. */
export function recording(
  environment: Environment,
  run: (environment: Environment) => IrExpression,
): RecordedCondition {
  const sources: ConditionSource[] = [];
  const expression = checkedSize(run({ ...environment, sources }));
  return { expression, sources };
}
