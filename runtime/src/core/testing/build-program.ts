// Small IR programs for tests: short ways to write expressions, rules and programs.
import type { IrAction, IrExpression, IrProgram, IrRedaction, IrRoot, IrRule, IrTarget } from "../ir/ir.ts";
import { IR_FORMAT } from "../ir/ir.ts";
import { readsOf } from "../ir/reads-of.ts";
import type { ConstValue, Field, Type } from "../types/type.ts";
import { BOOL, INT, JSON_TYPE, STRING, TIME, listOf, optional } from "../types/type.ts";

export const constant = (type: Type, value: ConstValue): IrExpression => ({ kind: "const", type, value });
export const text = (value: string): IrExpression => constant(STRING, value);
export const int = (value: number): IrExpression => constant(INT, value);
export const yes = constant(BOOL, true);
export const no = constant(BOOL, false);
export const read = (root: IrRoot, type: Type, ...path: string[]): IrExpression => ({
  kind: "read",
  root,
  path,
  type,
});
export const arg = (name: string, type: Type = STRING): IrExpression => read("args", type, name);
export const compare = (
  op: "eq" | "ne" | "lt" | "le" | "gt" | "ge",
  left: IrExpression,
  right: IrExpression,
): IrExpression => ({ kind: "compare", op, left, right });
export const not = (of: IrExpression): IrExpression => ({ kind: "not", of });
export const and = (...all: IrExpression[]): IrExpression => ({ kind: "and", all });
export const or = (...any: IrExpression[]): IrExpression => ({ kind: "or", any });
export const call = (fn: string, ...args: IrExpression[]): IrExpression => ({ kind: "call", fn, args });
export const present = (of: IrExpression): IrExpression => ({ kind: "present", of });
export const orElse = (of: IrExpression, fallback: IrExpression): IrExpression => ({
  kind: "else",
  of,
  fallback,
});

export const field = (name: string, type: Type, value?: ConstValue): Field => ({
  name,
  type,
  ...(value === undefined ? {} : { default: value }),
});

export const action = (
  tool: string,
  name: string,
  params: readonly Field[],
  rest: Partial<IrAction> = {},
): IrAction => ({
  tool,
  action: name,
  params,
  open: false,
  result: JSON_TYPE,
  visible: 0,
  ...rest,
});

/** A rule whose expressions stand in place; `buildProgram` interns them. */
export interface RuleSketch extends Partial<Omit<IrRule, "targets" | "waivers">> {
  readonly id: string;
  readonly on: readonly number[];
  readonly scope?: IrExpression;
  readonly when?: IrExpression;
  readonly redactions?: readonly IrRedaction[];
  readonly waivers?: readonly { readonly id: string; readonly until: number; readonly when: IrExpression }[];
}

export interface ProgramSketch extends Partial<Omit<IrProgram, "rules" | "expressions">> {
  readonly rules: readonly RuleSketch[];
  /** Expressions that other parts of the sketch refer to, from index 1; index 0 is `true`. */
  readonly expressions?: readonly IrExpression[];
}

export const agentFields: readonly Field[] = [
  field("id", STRING),
  field("roles", optional(listOf(STRING))),
  field("team", optional(STRING)),
];
export const contextFields: readonly Field[] = [
  field("time", optional(TIME)),
  field("session", optional(STRING)),
];

export function buildProgram({ rules, expressions: given = [], ...rest }: ProgramSketch): IrProgram {
  const expressions: IrExpression[] = [yes, ...given];
  const intern = (expression: IrExpression): number => expressions.push(expression) - 1;
  const built = rules.map(
    ({ on, scope = yes, when = yes, redactions = [], waivers = [], ...rule }): IrRule => ({
      effect: "allow",
      phase: "call",
      reason: null,
      hint: null,
      approval: null,
      limit: null,
      annotations: [],
      ...rule,
      targets: on.map((index): IrTarget => ({
        action: index,
        scope: intern(scope),
        when: intern(when),
        reads: readsOf(scope, when),
        redactions,
      })),
      waivers: waivers.map((waiver) => ({
        id: waiver.id,
        until: waiver.until,
        when: on.map(() => intern(waiver.when)),
        reads: on.map(() => readsOf(waiver.when)),
      })),
    }),
  );
  return {
    format: IR_FORMAT,
    packages: [{ name: "p", guard: false }],
    agent: agentFields,
    context: contextFields,
    facts: [],
    actions: [],
    patterns: [],
    labels: [],
    counters: [],
    stateDigest: "sha256:state",
    ...rest,
    expressions,
    rules: built,
  };
}
