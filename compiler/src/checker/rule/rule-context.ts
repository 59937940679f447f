// The context in which the expressions of a rule are checked, for one group of actions.
import { optional, RESULT_STATUS } from "@aegis/runtime/core";
import type { RecordType } from "@aegis/runtime/core";
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Expression, WherePresent } from "../../syntax/expression.ts";
import type { CheckContext, Checkers, Roots, Variable } from "../check-context.ts";
import { NO_VARIABLES } from "../check-context.ts";
import { NO_PLACES } from "../checked.ts";
import type { ExpressionInfo } from "../checked-program.ts";
import type { Declarations } from "../declarations/declarations.ts";

export interface RuleSurroundings {
  readonly checkers: Checkers;
  readonly declarations: Declarations;
  readonly module: ResolvedModule;
  /** "a rule", "a transition": for messages. */
  readonly place: string;
  readonly phase: "call" | "result";
  readonly variables?: ReadonlyMap<string, Variable>;
  readonly labels: boolean;
}

/** A context for actions that read alike; `group` holds at least one. */
export function ruleContext(
  surroundings: RuleSurroundings,
  group: readonly number[],
  single: boolean,
  types: Map<Expression, ExpressionInfo>,
): CheckContext {
  const { declarations, phase } = surroundings;
  const first = group[0];
  // Objects written inside the context would make it dear.
  const roots: Roots = {
    args: first === undefined ? null : declarations.argsOf(first),
    agent: declarations.agent,
    context: declarations.context,
    result: phase === "result" && first !== undefined ? resultRecord(declarations, first) : null,
  };
  const guards: WherePresent[] = [];
  return {
    checkers: surroundings.checkers,
    declarations,
    module: surroundings.module,
    sink: declarations.sink,
    types,
    roots,
    place: surroundings.place,
    single,
    action: first === undefined ? null : actionName(declarations, first),
    variables: surroundings.variables ?? NO_VARIABLES,
    present: NO_PLACES,
    position: "boolean",
    loosens: "never",
    labels: surroundings.labels,
    guards,
    absentDecides: null,
    emptyTruth: null,
  };
}

export function actionName(declarations: Declarations, action: number): string {
  const type = declarations.program.actions[action];
  return type === undefined ? "the action" : `${type.tool}.${type.action}`;
}

const resultRecord = (declarations: Declarations, action: number): RecordType => ({
  kind: "record",
  open: false,
  fields: [
    { name: "status", type: RESULT_STATUS },
    { name: "value", type: optional(declarations.resultOf(action)) },
  ],
});
