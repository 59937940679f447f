// Expressions, types and names of the syntax tree.
import type { Span } from "../source/span.ts";

export interface Name {
  readonly kind: "name";
  readonly span: Span;
  /** Without back-quotes. Empty when the parser had to make it up. */
  readonly text: string;
}
export interface QualifiedName {
  readonly kind: "qualified-name";
  readonly span: Span;
  readonly parts: readonly Name[];
}

export type Expression =
  | Literal
  | NameExpression
  | FieldAccess
  | IndexAccess
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | IsPresent
  | WherePresent
  | IfExpression
  | QuantifierExpression
  | HasExpression
  | CollectionLiteral
  | AsExpression
  | RegexExpression
  | MissingExpression;

export type Literal = StringLiteral | NumberLiteral | BoolLiteral | DurationLiteral | TimeLiteral;

export interface StringLiteral {
  readonly kind: "string";
  readonly span: Span;
  readonly value: string;
}
/** `text` is what was written, without digit separators: `50.00` is a decimal, `50` takes the type its place expects. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly span: Span;
  readonly text: string;
}
export interface BoolLiteral {
  readonly kind: "bool";
  readonly span: Span;
  readonly value: boolean;
}
export interface DurationLiteral {
  readonly kind: "duration";
  readonly span: Span;
  readonly milliseconds: number;
}
/** `2099-12-31` or `2099-12-31T09:00:00Z`, in milliseconds. */
export interface TimeLiteral {
  readonly kind: "time";
  readonly span: Span;
  readonly milliseconds: number;
  readonly text: string;
}

/** A name alone: `args`, `agent`, `context`, `result`, a constant, a variable, an enum member, a module. */
export interface NameExpression {
  readonly kind: "name";
  readonly span: Span;
  readonly text: string;
}
export interface FieldAccess {
  readonly kind: "field";
  readonly span: Span;
  readonly of: Expression;
  readonly name: Name;
}
export interface IndexAccess {
  readonly kind: "index";
  readonly span: Span;
  readonly of: Expression;
  readonly index: Expression;
}
/** `f(x)`, `xs.count()`, `args.all(host)`, `origin(args.url)`: the callee is a name or a field access. */
export interface CallExpression {
  readonly kind: "call";
  readonly span: Span;
  readonly callee: NameExpression | FieldAccess;
  readonly args: readonly Expression[];
}
export interface UnaryExpression {
  readonly kind: "unary";
  readonly span: Span;
  readonly op: "not" | "-";
  readonly of: Expression;
}
export type BinaryOperator =
  | "and"
  | "or"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in"
  | "within"
  | "under"
  | "matches"
  | "else"
  | "+"
  | "-"
  | "*"
  | "%";
export interface BinaryExpression {
  readonly kind: "binary";
  readonly span: Span;
  readonly op: BinaryOperator;
  readonly opSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}
/** `x is present`, `x is absent`. */
export interface IsPresent {
  readonly kind: "is";
  readonly span: Span;
  readonly of: Expression;
  readonly what: "present" | "absent";
}
/** `x where present`: the comparison around it is false when x is absent, and the author says so. */
export interface WherePresent {
  readonly kind: "where-present";
  readonly span: Span;
  readonly of: Expression;
}
export interface IfExpression {
  readonly kind: "if";
  readonly span: Span;
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
}
/** `any x in xs: body`, `all non-empty x in xs: body`, `count x in xs: body`. */
export interface QuantifierExpression {
  readonly kind: "quantifier";
  readonly span: Span;
  readonly op: "any" | "all" | "count";
  readonly nonEmpty: boolean;
  readonly variable: Name;
  readonly over: Expression;
  readonly body: Expression;
}
/** `session has seen(args.path)`. */
export interface HasExpression {
  readonly kind: "has";
  readonly span: Span;
  readonly scope: "session" | "agent" | "tenant";
  readonly label: QualifiedName;
  readonly key: readonly Expression[];
}
/** `{ a, b }` is a set, `[a, b]` a list. */
export interface CollectionLiteral {
  readonly kind: "collection";
  readonly span: Span;
  readonly of: "set" | "list";
  readonly items: readonly Expression[];
}
/** `args.values as HelmValues`: present when it fits. */
export interface AsExpression {
  readonly kind: "as";
  readonly span: Span;
  readonly of: Expression;
  readonly type: TypeNode;
}
/** `re"…"` in place of a named pattern. */
export interface RegexExpression {
  readonly kind: "regex";
  readonly span: Span;
  readonly source: string;
  readonly ignoreCase: boolean;
}
/** Where the parser expected an expression. Already reported. */
export interface MissingExpression {
  readonly kind: "missing";
  readonly span: Span;
}

// ------------------------------------------------------------------------------------------------------------ types

export type TypeNode =
  /** `string`, `url`, `Env`, `base.Env`. */
  | {
      readonly kind: "type-name";
      readonly span: Span;
      readonly name: QualifiedName;
      readonly bounds: Bounds | null;
    }
  /** `list<T>`, `set<T>`, `map<string, T>`: `of` is the element type. */
  | {
      readonly kind: "type-collection";
      readonly span: Span;
      readonly collection: "list" | "set" | "map";
      readonly of: TypeNode;
      readonly max: number | null;
    }
  | {
      readonly kind: "type-record";
      readonly span: Span;
      readonly fields: readonly FieldNodeRef[];
      readonly open: boolean;
    }
  | { readonly kind: "type-optional"; readonly span: Span; readonly of: TypeNode }
  | { readonly kind: "type-missing"; readonly span: Span };

/** `int in 1..500`, `string max 200`. */
export interface Bounds {
  readonly span: Span;
  readonly min: NumberLiteral | null;
  readonly max: NumberLiteral | null;
}

/** A field of a record type (the same shape as a parameter, without a default). */
export interface FieldNodeRef {
  readonly span: Span;
  readonly doc: string | null;
  readonly name: Name;
  readonly type: TypeNode;
  readonly default: Literal | null;
}
