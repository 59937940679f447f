// What an expression is checked in: names, narrowings, the phase, and where mistakes go.
import type { ConstValue, RecordType, Type } from "@aegis/runtime/core";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { ResolvedModule } from "../resolver/resolved-program.ts";
import type { Expression, WherePresent } from "../syntax/expression.ts";
import type { ExpressionInfo, Meaning } from "./checked-program.ts";
import type { Checked, CheckedType } from "./checked.ts";
import { NO_PLACES } from "./checked.ts";
import type { Declarations } from "./declarations/declarations.ts";

/** Checks one kind of expression; `expected` is a wish that literals fulfil, never a demand. */
export type Checker<Node extends Expression> = (
  context: CheckContext,
  node: Node,
  expected: Type | null,
) => Checked;
export type Checkers = {
  readonly [Kind in Expression["kind"]]: Checker<Extract<Expression, { kind: Kind }>>;
};

/** A name that a quantifier, `for each`, function or policy binds. */
export interface Variable {
  readonly type: CheckedType;
  readonly meaning: Meaning;
  /** Identity for narrowing. */
  readonly key: string;
  /** A parameter bound by `use`. */
  readonly constant?: ConstValue;
  /** A parameter that `use` binds to a place of the call or its surroundings, as `module` reads it. */
  readonly place?: { readonly node: Expression; readonly module: ResolvedModule };
}

/** What may be read here; null where a root is out of reach. */
export interface Roots {
  readonly args: RecordType | null;
  readonly agent: RecordType | null;
  readonly context: RecordType | null;
  /** `status` and `value`. */
  readonly result: RecordType | null;
}
export type RootName = keyof Roots;

/** Where truth of the expression lets more calls through: decides what `all` over nothing would open. */
export type Loosens = "when-true" | "when-false" | "both" | "never";

export interface CheckContext {
  /** One checker per kind of expression. */
  readonly checkers: Checkers;
  readonly declarations: Declarations;
  /** Names are looked up here. */
  readonly module: ResolvedModule;
  readonly sink: DiagnosticSink;
  /** The side table being filled. */
  readonly types: Map<Expression, ExpressionInfo>;
  readonly roots: Roots;
  /** What is being checked, for "cannot be read in …". */
  readonly place: string;
  /** False when the same text is checked for several groups of actions: what is needless in one may count in another. */
  readonly single: boolean;
  /** The action (or actions) that it is checked for, as `tool.action`; null where there is none. */
  readonly action: string | null;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Keys of places proved present. */
  readonly present: ReadonlySet<string>;
  /** Labels stand in boolean positions only. */
  readonly position: "boolean" | "value";
  readonly loosens: Loosens;
  /** Labels have a meaning in rules only. */
  readonly labels: boolean;
  /** Collects the `where present` of the boolean expression around. */
  readonly guards: WherePresent[];
  /** In YAML: collects reads of optional arguments, by key; null elsewhere. */
  readonly absentDecides: Map<string, Expression> | null;
  /** Collects places in loosening and tightening positions of `all` without `non-empty`; null outside functions. */
  readonly emptyTruth: { positive: boolean; negative: boolean } | null;
}

export const NO_ROOTS: Roots = { args: null, agent: null, context: null, result: null };

export const NO_VARIABLES: ReadonlyMap<string, Variable> = new Map();

/** A context with nothing in reach: for constants and function bodies. */
export const bareContext = (
  checkers: Checkers,
  declarations: Declarations,
  module: ResolvedModule,
  sink: DiagnosticSink,
  place: string,
): CheckContext => ({
  checkers,
  declarations,
  module,
  sink,
  types: new Map(),
  roots: NO_ROOTS,
  place,
  single: true,
  action: null,
  variables: NO_VARIABLES,
  present: NO_PLACES,
  position: "boolean",
  loosens: "never",
  labels: false,
  guards: [],
  absentDecides: null,
  emptyTruth: null,
});

export const withPresent = (context: CheckContext, places: ReadonlySet<string>): CheckContext =>
  places.size === 0 ? context : { ...context, present: new Set([...context.present, ...places]) };

export const withVariable = (context: CheckContext, name: string, variable: Variable): CheckContext => ({
  ...context,
  variables: new Map(context.variables).set(name, variable),
});

export const asValue = (context: CheckContext): CheckContext =>
  context.position === "value" && context.loosens === opposing(context.loosens, "both")
    ? context
    : { ...context, position: "value", loosens: opposing(context.loosens, "both") };

/** What truth of an operand does, given what truth of the whole does. */
export function opposing(loosens: Loosens, how: "not" | "both"): Loosens {
  if (loosens === "never" || loosens === "both") return loosens;
  if (how === "both") return "both";
  return loosens === "when-true" ? "when-false" : "when-true";
}

/** The variable of a quantifier or `for each`. */
let serial = 0;
export const localVariable = (declaredBy: object, type: Type | CheckedType): Variable => ({
  type,
  meaning: { kind: "variable", declaredBy },
  key: `%${++serial}`,
});
