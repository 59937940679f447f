// What the checker hands on: resolved declarations, and for each rule the types of its expressions per group of actions.
import type { ConstValue, Field, Type } from "@aegis/runtime/core";
import type {
  ApprovalClause,
  ExceptionDeclaration,
  FunctionDeclaration,
  LabelDeclaration,
  LabelTransition,
  LimitDeclaration,
  Module,
  PropertyDeclaration,
  RuleDeclaration,
  TestDeclaration,
} from "../syntax/ast.ts";
import type { Expression, WherePresent } from "../syntax/expression.ts";
import type { Span } from "../source/span.ts";

export interface CheckedProgram {
  readonly modules: readonly Module[];
  readonly packages: readonly { readonly name: string; readonly guard: boolean }[];
  /** Built-in and declared attributes, merged over all packages. */
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  readonly facts: readonly CheckedFact[];
  /** Every declared action, sorted by (tool, action) wire names; `CheckedTarget.action` indexes it. */
  readonly actions: readonly CheckedAction[];
  readonly labels: readonly CheckedLabel[];
  readonly limits: readonly CheckedLimit[];
  readonly rules: readonly CheckedRule[];
  readonly exceptions: readonly CheckedException[];
  readonly tests: readonly CheckedTest[];
  readonly properties: readonly CheckedProperty[];
  /** By declaration, used or not; those that could not be understood are left out. */
  readonly functions: ReadonlyMap<FunctionDeclaration, CheckedFunction>;
  /** Types of `const`, `data` and `param` declarations, and their values where they are known. */
  readonly constants: ReadonlyMap<object, CheckedConstant>;
}

export interface CheckedConstant {
  readonly type: Type;
  /** Absent for a datum that the project does not give. */
  readonly value?: ConstValue;
}

export interface CheckedFact {
  /** As it stands in requests: plain for built-in facts, qualified for declared ones. */
  readonly name: string;
  readonly type: Type;
}

export interface CheckedAction {
  /** Wire names. */
  readonly tool: string;
  readonly action: string;
  readonly params: readonly Field[];
  readonly open: boolean;
  /** `json` if none is declared. */
  readonly result: Type;
  readonly doc: string | null;
  readonly declaredAt: Span;
  /** MCP hints and annotations, never evaluated. */
  readonly annotations: Readonly<Record<string, string | boolean>>;
}

/**
 * What the checker knows of one expression in one environment (one group of actions that read alike).
 * Lowering walks the syntax and asks this for every expression it meets.
 */
export interface ExpressionInfo {
  /** The type of the value as it is used: narrowed when narrowing has proved presence. */
  readonly type: Type;
  /** True when the place itself is optional and narrowing made it required: lower to `else(place, zero)`. */
  readonly narrowed?: boolean | undefined;
  /** Nodes `x where present` inside: this boolean expression is false where one of these places is absent. */
  readonly guards?: readonly WherePresent[] | undefined;
  /** What a name, field access, call or label means. */
  readonly meaning?: Meaning | undefined;
  /** Set when the expression is a constant of `type`, whatever it was written as (literal, const, param, data, enum member). */
  readonly constant?: ConstValue | undefined;
}

export type Meaning =
  /** `args`, `agent`, `context`, `result` and record fields below them. */
  | {
      readonly kind: "path";
      readonly root: "args" | "agent" | "context" | "result";
      readonly path: readonly string[];
    }
  /** A quantifier's variable, or an `each` variable: identified by the declaring node. */
  | { readonly kind: "variable"; readonly declaredBy: object }
  /** A parameter of a user function or policy. */
  | { readonly kind: "parameter"; readonly name: string }
  /** A field of a record that is no path. */
  | { readonly kind: "record-field"; readonly name: string }
  /** A part of a parsed value. */
  | { readonly kind: "part"; readonly name: string }
  | { readonly kind: "builtin"; readonly name: string }
  /** A call of a user function; its body is checked in `FunctionInfo`. */
  | { readonly kind: "function"; readonly function: CheckedFunction }
  | { readonly kind: "pattern"; readonly name: string; readonly pattern: string }
  | { readonly kind: "label"; readonly label: CheckedLabel }
  | { readonly kind: "fact"; readonly name: string; readonly path: string }
  /** `args.all(T)`: places to gather, per group. */
  | { readonly kind: "gather"; readonly type: Type; readonly places: readonly GatherPlace[] };

export interface GatherPlace {
  readonly path: readonly (string | { readonly each: true })[];
  readonly part: string | null;
}

export type ExpressionTypes = ReadonlyMap<Expression, ExpressionInfo>;

export interface CheckedFunction {
  readonly name: string;
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
  readonly body: Expression;
  /** Types of the body's expressions. */
  readonly types: ExpressionTypes;
}

/** Actions for which all expressions of a rule have the same types and meanings. */
export interface CheckedGroup {
  /** Indices into `CheckedProgram.actions`, ascending. */
  readonly actions: readonly number[];
  readonly types: ExpressionTypes;
  /**
   * With `absentDecides` (YAML): optional arguments that the condition reads as if they were there (`narrowed` is set);
   * where one is absent a restriction's condition holds and an allow's fails.
   */
  readonly absentDecides?: readonly Expression[];
}

/** One object for all rules that it is checked for alike, so that what follows from it is found once. */
export interface CheckedScope {
  readonly expression: Expression;
  /** Types of its expressions. */
  readonly types: ExpressionTypes;
}

export interface CheckedRule {
  /** `package.rule`. */
  readonly id: string;
  readonly package: string;
  readonly declaration: RuleDeclaration;
  readonly phase: "call" | "result";
  /** The policy's `for` and `use … for`, in order: all must hold. */
  readonly scopes: readonly CheckedScope[];
  readonly shadow: { readonly until?: number } | null;
  /** With the roles that parameters of the policy name. */
  readonly approval: ApprovalClause | null;
  readonly groups: readonly CheckedGroup[];
  /** Values of the parameters of the policy, when the rule comes from `use`. */
  readonly bindings: ReadonlyMap<string, ConstValue>;
  /** Per group, in the same order: JSON pointers that each redact clause covers. */
  readonly redactions: readonly (readonly CheckedRedaction[])[];
}
export interface CheckedRedaction {
  readonly path: string;
  readonly matching: { readonly name: string; readonly pattern: string } | null;
  readonly with: "remove" | "mask" | "hash" | { readonly replace: unknown } | { readonly truncate: number };
}

export interface CheckedLabel {
  /** `package.name`. */
  readonly id: string;
  readonly declaration: LabelDeclaration;
  readonly scope: "session" | "agent" | "tenant";
  readonly key: readonly Type[];
  readonly max: number;
  readonly transitions: readonly {
    readonly declaration: LabelTransition;
    /** For `approval` and `denied` on rules: their ids. */
    readonly rules: readonly string[] | null;
    readonly groups: readonly CheckedGroup[];
  }[];
}

export interface CheckedLimit {
  readonly id: string;
  readonly package: string;
  readonly declaration: LimitDeclaration;
  readonly type: "int" | "decimal";
  readonly scope: "session" | "agent" | "tenant";
  readonly key: readonly Type[];
  readonly groups: readonly CheckedGroup[];
}

export interface CheckedException {
  /** `package.name`. */
  readonly id: string;
  readonly declaration: ExceptionDeclaration;
  /** The rule it waives. */
  readonly rule: string;
  readonly until: number;
  readonly groups: readonly CheckedGroup[];
}

export interface CheckedTest {
  readonly package: string;
  readonly declaration: TestDeclaration;
}

export interface CheckedProperty {
  readonly package: string;
  readonly declaration: PropertyDeclaration;
  readonly groups: readonly CheckedGroup[];
}
