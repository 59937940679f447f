// The intermediate representation: typed, total and small. Engines, backends and proofs read this and nothing else.
//
// INVARIANTS (the decoder checks them, so engines need not):
// - No expression can fail or be undefined. A value of type T? is consumed only by `present` and `else`.
// - Names of tools, actions, cells and rules are data, never code.
// - Numbers in constants are integers within ±MAX_INTEGER; a decimal counts millionths.
// - Tables are referred to by index; an index is always in range. Conditions are trees of bounded cost.
import type { ConstValue, Field, Type } from "../types/type.ts";

export const IR_FORMAT = "aegis-ir/2";

export interface IrProgram {
  readonly format: typeof IR_FORMAT;
  /** Packages of the bundle, sorted; `guard` packages hold no allow rule. */
  readonly packages: readonly { readonly name: string; readonly guard: boolean }[];
  /** Attributes of `request.agent` and `request.context`, built-in ones included. Both are open. */
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  /** Facts that the enforcement point supplies for a value of the call, by name. */
  readonly facts: readonly IrFact[];
  readonly actions: readonly IrAction[];
  /** Canonical portable patterns (one meaning in every engine). */
  readonly patterns: readonly IrPattern[];
  /** Interned conditions and value expressions. */
  readonly expressions: readonly IrExpression[];
  readonly labels: readonly IrLabel[];
  readonly counters: readonly IrCounter[];
  /** Digest of the state schema: labels and counters with types, scopes, windows. */
  readonly stateDigest: string;
  readonly rules: readonly IrRule[];
}

/** A program but for its rules and what they ask: what every call needs. */
export type IrFrame = Omit<IrProgram, "expressions" | "rules">;

export interface IrFact {
  readonly name: string;
  /** Type of the fact's value. */
  readonly type: Type;
}

/** An action of a tool, by the names used on the wire. */
export interface IrAction {
  readonly tool: string;
  readonly action: string;
  readonly params: readonly Field[];
  /** Open actions accept, ignore and forward arguments that they do not declare. */
  readonly open: boolean;
  /** Type of `result.value` when the status is `ok`; `json` if none is declared. */
  readonly result: Type;
  /** True when some policy may allow it in the list phase; reads agent and context only. */
  readonly visible: ExpressionIndex;
}

export interface IrPattern {
  /** Qualified name for obligations (`std.secrets.any`), or the pattern itself when it has none. */
  readonly name: string;
  readonly pattern: string;
}

export type ActionIndex = number;
export type ExpressionIndex = number;
export type PatternIndex = number;
export type CellIndex = number;

// ---------------------------------------------------------------------------------------------------------- rules

export type IrEffect = "allow" | "sanitize" | "approval" | "deny";

export interface IrRule {
  /** `package.rule`. */
  readonly id: string;
  readonly effect: IrEffect;
  /** Rules of the `result` phase withhold (effect `deny`) or sanitize. */
  readonly phase: "call" | "result";
  /** The actions that the rule selects, each at most once, sorted by action index. */
  readonly targets: readonly IrTarget[];
  /** Present when the rule is observed, not enforced; from `until` (ms) on, or when the time is unknown, it is enforced. */
  readonly shadow?: { readonly until?: number };
  /** Exceptions that switch the rule off while they hold (readable, true, and before `until`). */
  readonly waivers: readonly IrWaiver[];
  readonly reason: readonly IrReasonPart[] | null;
  readonly hint: string | null;
  readonly approval: IrApproval | null;
  /** The limit's counter, when this rule is the refusing half of a `limit`. */
  readonly limit: CellIndex | null;
  /** Annotations for reports, as written: name to arguments. */
  readonly annotations: readonly { readonly name: string; readonly value: string }[];
}

export interface IrTarget {
  readonly action: ActionIndex;
  /** The `for` of the policy; a rule whose `for` is readable and false is neither matched nor blind. */
  readonly scope: ExpressionIndex;
  /** `when` and not `unless`. */
  readonly when: ExpressionIndex;
  /** What the rule names, in `scope` or `when`: if any is unreadable the rule is blind. */
  readonly reads: IrReads;
  readonly redactions: readonly IrRedaction[];
}

/** Names of things that may be unreadable. */
export interface IrReads {
  readonly labels: readonly CellIndex[];
  readonly counters: readonly CellIndex[];
  /** Facts by JSON pointer of the value and name of the fact. */
  readonly facts: readonly { readonly path: string; readonly fact: string }[];
  /** `time` or `session`: sources of the context that may be missing. */
  readonly context: readonly string[];
}

export interface IrWaiver {
  /** Qualified name of the exception. */
  readonly id: string;
  /** Milliseconds; the exception does not hold from then on, nor when the time is unknown. */
  readonly until: number;
  /** Per target of the rule, in the same order: `for` and `when` of the exception. */
  readonly when: readonly ExpressionIndex[];
  readonly reads: readonly IrReads[];
}

/** Text, or a placeholder that prints a scalar; `path` is the JSON pointer it shows, for overlap with redactions. */
export type IrReasonPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "value";
      /** Per target of the rule, in the same order. */
      readonly values: readonly ExpressionIndex[];
      /** JSON pointer of the place shown, `*` for any element; empty string for a value of no place. */
      readonly path: string;
    };

export interface IrApproval {
  /** All must be met by distinct people. Exactly one of `role` and `user`, or neither: any one person. */
  readonly by: readonly { readonly role?: string; readonly user?: string; readonly count: number }[];
  readonly via: readonly string[];
  /** Milliseconds. */
  readonly within: number | null;
}

export interface IrRedaction {
  /** Constant JSON pointer; a segment `*` is every element, member or header. */
  readonly path: string;
  /** When present only the spans found by this pattern are rewritten. */
  readonly matching: PatternIndex | null;
  readonly with: IrRedactionMethod;
}

export type IrRedactionMethod =
  | { readonly kind: "remove" }
  | { readonly kind: "replace"; readonly value: unknown }
  | { readonly kind: "mask" }
  | { readonly kind: "hash" }
  /** Keeps the first `keep` code points. */
  | { readonly kind: "truncate"; readonly keep: number };

// ---------------------------------------------------------------------------------------------------- expressions

/** `args`, `agent`, `context`, and in the result phase `result` (fields `status` and `value`). */
export type IrRoot = "args" | "agent" | "context" | "result";

export type IrExpression =
  | IrConst
  | IrRead
  | IrLocal
  | IrField
  | IrPart
  | IrIndex
  | IrNot
  | IrAnd
  | IrOr
  | IrIf
  | IrCompare
  | IrArithmetic
  | IrMember
  | IrPresent
  | IrElse
  | IrQuantifier
  | IrMatches
  | IrCall
  | IrGather
  | IrCast
  | IrLabelRead
  | IrCounterRead
  | IrFactRead;

export interface IrConst {
  readonly kind: "const";
  readonly type: Type;
  readonly value: ConstValue;
}
/** A path of record fields from a root. The type is optional iff a step may be absent. */
export interface IrRead {
  readonly kind: "read";
  readonly root: IrRoot;
  readonly path: readonly string[];
  readonly type: Type;
}
/** A variable bound by a quantifier; `depth` 0 is the innermost. */
export interface IrLocal {
  readonly kind: "local";
  readonly depth: number;
  readonly type: Type;
}
/** A field of a record value that is not a plain path; optional iff the field is. */
export interface IrField {
  readonly kind: "field";
  readonly of: IrExpression;
  readonly name: string;
}
/** A part of a parsed value, such as `host` of a url. */
export interface IrPart {
  readonly kind: "part";
  readonly of: IrExpression;
  readonly name: string;
}
/** A member of a map, or a header by its lower-case name: always optional. */
export interface IrIndex {
  readonly kind: "index";
  readonly of: IrExpression;
  readonly key: string;
}
export interface IrNot {
  readonly kind: "not";
  readonly of: IrExpression;
}
export interface IrAnd {
  readonly kind: "and";
  readonly all: readonly IrExpression[];
}
export interface IrOr {
  readonly kind: "or";
  readonly any: readonly IrExpression[];
}
export interface IrIf {
  readonly kind: "if";
  readonly condition: IrExpression;
  readonly then: IrExpression;
  readonly else: IrExpression;
}
/** Scalars of one type; `<` and the like only of ordered types. Parsed values compare by canonical form. */
export interface IrCompare {
  readonly kind: "compare";
  readonly op: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
  readonly left: IrExpression;
  readonly right: IrExpression;
}
/** On int, decimal, time and duration; saturates at ±MAX_INTEGER. `mul`: right is an int constant. `mod`: right is a positive constant, result ≥ 0. */
export interface IrArithmetic {
  readonly kind: "arithmetic";
  readonly op: "add" | "sub" | "mul" | "mod";
  readonly left: IrExpression;
  readonly right: IrExpression;
}
/** A scalar in a set or list of the same type, or a string among the keys of a map. */
export interface IrMember {
  readonly kind: "member";
  readonly item: IrExpression;
  readonly of: IrExpression;
}
/** Of an optional: whether it is there. */
export interface IrPresent {
  readonly kind: "present";
  readonly of: IrExpression;
}
/** Of an optional T?: its value, or `fallback` of type T. */
export interface IrElse {
  readonly kind: "else";
  readonly of: IrExpression;
  readonly fallback: IrExpression;
}
/** Over a list or set; `body` sees the element as local 0. `count` gives an int, the others bool. */
export interface IrQuantifier {
  readonly kind: "quantifier";
  readonly op: "any" | "all" | "count";
  readonly over: IrExpression;
  readonly body: IrExpression;
}
/** Whether the pattern occurs in a string, or in any string or key at any depth of json, a list, map, headers or record. */
export interface IrMatches {
  readonly kind: "matches";
  readonly of: IrExpression;
  readonly pattern: PatternIndex;
}
/** A builtin function of the registry; arguments are never optional. */
export interface IrCall {
  readonly kind: "call";
  readonly fn: string;
  readonly args: readonly IrExpression[];
}
/** `args.all(T)`: every value of a type at the given places, as a list. */
export interface IrGather {
  readonly kind: "gather";
  readonly type: Type;
  readonly places: readonly IrPlace[];
}
/** A place in the arguments: fields, `*` steps into elements or members, and last an optional part (`host` of a url). */
export interface IrPlace {
  readonly path: readonly (string | { readonly each: true })[];
  readonly part: string | null;
}
/** json read as a type: absent when it does not fit. */
export interface IrCast {
  readonly kind: "cast";
  readonly of: IrExpression;
  readonly type: Type;
}
/** Whether a label (under a key) is set. `maybe` says what an uncertain one counts as here: by polarity, fixed when compiled. */
export interface IrLabelRead {
  readonly kind: "label";
  readonly cell: CellIndex;
  /** One expression per key of the label. */
  readonly key: readonly IrExpression[];
  readonly maybe: boolean;
}
/** The value of a counter (under a key), reservations included, this call excluded. */
export interface IrCounterRead {
  readonly kind: "counter";
  readonly cell: CellIndex;
  readonly key: readonly IrExpression[];
}
/** A fact about the value at a JSON pointer; unreadable facts make the rule blind before this is looked at. */
export interface IrFactRead {
  readonly kind: "fact";
  readonly name: string;
  readonly path: string;
  readonly type: Type;
}

export type IrExpressionKind = IrExpression["kind"];

// ---------------------------------------------------------------------------------------------------------- state

export type IrScope = "session" | "agent" | "tenant";

export interface IrLabel {
  /** `package.name`. */
  readonly id: string;
  readonly scope: IrScope;
  /** Types of the keys; empty for a plain label. */
  readonly key: readonly Type[];
  /** Most keys that are remembered; past it the label is `full`. */
  readonly max: number;
  readonly transitions: readonly IrTransition[];
}

export interface IrTransition {
  readonly op: "set" | "clear";
  /** `call`: when dispatched. `result`: when finished. `approval` and `denied`: for the rule or action named. */
  readonly on: "call" | "result" | "approval" | "denied";
  /** For `approval` and `denied`: only decisions by one of these rule ids; null for any. */
  readonly rules: readonly string[] | null;
  readonly targets: readonly IrTransitionTarget[];
}

export interface IrTransitionTarget {
  readonly action: ActionIndex;
  readonly when: ExpressionIndex;
  /** When present: one transition for each element, which key and when see as local 0. */
  readonly each: ExpressionIndex | null;
  readonly key: readonly ExpressionIndex[];
}

export interface IrCounter {
  readonly id: string;
  readonly type: "int" | "decimal";
  readonly scope: IrScope;
  readonly key: readonly Type[];
  /** Length of the window in ms, a multiple of 60; null: since the beginning of the scope. */
  readonly window: number | null;
  readonly max: number;
  readonly targets: readonly IrCounterTarget[];
}

export interface IrCounterTarget {
  readonly action: ActionIndex;
  readonly key: readonly ExpressionIndex[];
  /** What a call reserves when it starts; never negative. */
  readonly amount: ExpressionIndex;
  /** What it has really used, read from the result at the finish; null: the reserved amount. */
  readonly settle: ExpressionIndex | null;
}
