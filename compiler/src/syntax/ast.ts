// The syntax tree of a module: plain immutable data, every node with a span. Knows no parser and no meaning.
import type { Span } from "../source/span.ts";
import type {
  Expression,
  FieldNodeRef,
  Literal,
  Name,
  QualifiedName,
  StringLiteral,
  TypeNode,
} from "./expression.ts";

export interface Comment {
  readonly span: Span;
  /** Without the slashes. */
  readonly text: string;
  /** `///`: documents the next declaration. */
  readonly doc: boolean;
}

export interface Module {
  readonly kind: "module";
  readonly span: Span;
  readonly file: string;
  /** In YAML a bare name is an argument first; `convert` and messages look at it too. */
  readonly dialect: "aegis" | "yaml";
  readonly doc: string | null;
  readonly guard: boolean;
  /** Missing in a broken file. */
  readonly package: QualifiedName | null;
  readonly items: readonly Item[];
  readonly comments: readonly Comment[];
}

interface ItemBase {
  readonly span: Span;
  readonly doc: string | null;
  readonly annotations: readonly Annotation[];
}

export type Item =
  | Import
  | ToolsImport
  | ToolDeclaration
  | EnumDeclaration
  | TypeAlias
  | AttributeBlock
  | ConstDeclaration
  | DataDeclaration
  | ParamDeclaration
  | FunctionDeclaration
  | PatternDeclaration
  | FactDeclaration
  | GroupDeclaration
  | LabelDeclaration
  | LimitDeclaration
  | PolicyDeclaration
  | UsePolicy
  | RuleDeclaration
  | ExceptionDeclaration
  | TestDeclaration
  | PropertyDeclaration;

/** `@owner("secops")`, `@review(every: 180d)`, `@waivable`. */
export interface Annotation {
  readonly span: Span;
  readonly name: Name;
  readonly args: readonly { readonly name: Name | null; readonly value: Literal }[];
}

/** `import std.secrets`, `import std.tools.{git, http}`, `import std.tools.git as git on "my-git"`. */
export interface Import extends ItemBase {
  readonly kind: "import";
  readonly path: QualifiedName;
  /** Null when the module itself is imported. */
  readonly names: readonly Name[] | null;
  readonly alias: Name | null;
  /** The wire name that an imported tool is bound to. */
  readonly on: StringLiteral | null;
}

/** `tools "github.tools.json" as github { … }`. */
export interface ToolsImport extends ItemBase {
  readonly kind: "tools";
  readonly manifest: StringLiteral;
  readonly name: Name;
  readonly refinements: readonly Refinement[];
}

export interface Refinement {
  readonly span: Span;
  /** Null for `*`: every action that has the field. */
  readonly action: Name | null;
  readonly fields: readonly FieldNode[];
  readonly open: boolean;
  readonly result: TypeNode | null;
}

export type FieldNode = FieldNodeRef;

/** `tool ci_pipeline as "ci-pipeline" { run_tests() }`. */
export interface ToolDeclaration extends ItemBase {
  readonly kind: "tool";
  readonly name: Name;
  readonly wire: StringLiteral | null;
  readonly actions: readonly ActionNode[];
  /** Made up by a front end for a tool that nothing declares. */
  readonly inferred: boolean;
}

export interface ActionNode {
  readonly span: Span;
  readonly doc: string | null;
  readonly annotations: readonly Annotation[];
  readonly name: Name;
  readonly wire: StringLiteral | null;
  readonly params: readonly FieldNode[];
  readonly open: boolean;
  readonly result: TypeNode | null;
}

export interface EnumDeclaration extends ItemBase {
  readonly kind: "enum";
  readonly name: Name;
  readonly members: readonly Name[];
}
export interface TypeAlias extends ItemBase {
  readonly kind: "type";
  readonly name: Name;
  readonly type: TypeNode;
}
/** `agent { team: string }`, `context { environment: Env }`. */
export interface AttributeBlock extends ItemBase {
  readonly kind: "attributes";
  readonly of: "agent" | "context";
  readonly fields: readonly FieldNode[];
}
export interface ConstDeclaration extends ItemBase {
  readonly kind: "const";
  readonly name: Name;
  readonly type: TypeNode | null;
  readonly value: Expression;
}
export interface DataDeclaration extends ItemBase {
  readonly kind: "data";
  readonly name: Name;
  readonly type: TypeNode;
}
export interface ParamDeclaration extends ItemBase {
  readonly kind: "param";
  readonly name: Name;
  readonly type: TypeNode;
  readonly value: Expression;
}
export interface FunctionDeclaration extends ItemBase {
  readonly kind: "fn";
  readonly name: Name;
  readonly params: readonly FieldNode[];
  readonly result: TypeNode;
  readonly body: Expression;
}
/** `pattern aws_key = re"AKIA[0-9A-Z]{16}"`; alternatives are joined by `|`. */
export interface PatternDeclaration extends ItemBase {
  readonly kind: "pattern";
  readonly name: Name;
  readonly alternatives: readonly Expression[];
}
/** `fact realpath(path): path`: supplied by the enforcement point for a value of the first type. */
export interface FactDeclaration extends ItemBase {
  readonly kind: "fact";
  readonly name: Name;
  readonly of: TypeNode;
  readonly result: TypeNode;
}
export interface GroupDeclaration extends ItemBase {
  readonly kind: "group";
  readonly name: Name;
  readonly selector: Selector;
}

// -------------------------------------------------------------------------------------------------------- selectors

/** A union of parts less a union of parts: `http.*, mail.send except http.get`. */
export interface Selector {
  readonly kind: "selector";
  readonly span: Span;
  readonly include: readonly SelectorPart[];
  readonly except: readonly SelectorPart[];
}
export type SelectorPart =
  /** `*` */
  | { readonly kind: "everything"; readonly span: Span }
  /** `@egress`, `@base.egress` */
  | { readonly kind: "group"; readonly span: Span; readonly name: QualifiedName }
  /** `tool.*`, `tool.action`, `tool.{a, b}`; null: every action. */
  | {
      readonly kind: "tool";
      readonly span: Span;
      readonly tool: QualifiedName;
      readonly actions: readonly Name[] | null;
    };

// ------------------------------------------------------------------------------------------------------------ state

export type Scope = "session" | "agent" | "tenant";

export interface LabelDeclaration extends ItemBase {
  readonly kind: "label";
  readonly name: Name;
  readonly keys: readonly FieldNode[];
  readonly transitions: readonly LabelTransition[];
  readonly scope: Scope;
  readonly max: number | null;
}
export interface LabelTransition {
  readonly span: Span;
  readonly op: "set" | "clear";
  readonly on: "call" | "result" | "approval" | "denied";
  /** For `approval` and `denied` a part `tool` without actions may name a rule instead. */
  readonly selector: Selector;
  /** `key e1, e2 for each x in xs`. */
  readonly key: readonly Expression[];
  readonly each: { readonly name: Name; readonly over: Expression } | null;
  readonly when: Expression | null;
}
/** `limit spend: llm.complete to 50.00 sum args.max_cost settle result.value.cost per agent over 24h else require approval by …`. */
export interface LimitDeclaration extends ItemBase {
  readonly kind: "limit";
  readonly name: Name;
  readonly selector: Selector;
  readonly to: Expression;
  readonly sum: Expression | null;
  readonly settle: Expression | null;
  readonly scope: Scope;
  readonly keys: readonly Expression[];
  readonly over: DurationNode | null;
  readonly otherwise: ApprovalClause | null;
  readonly because: Template | null;
  readonly hint: Template | null;
}
export interface DurationNode {
  readonly span: Span;
  readonly milliseconds: number;
}

// ------------------------------------------------------------------------------------------------------------ rules

export interface PolicyDeclaration extends ItemBase {
  readonly kind: "policy";
  readonly name: Name;
  readonly params: readonly FieldNode[];
  readonly shadow: Shadow | null;
  readonly scope: Expression | null;
  readonly rules: readonly RuleDeclaration[];
}
/** `use repo_writer("acme/app") for agent.id == "a"`. */
export interface UsePolicy extends ItemBase {
  readonly kind: "use";
  readonly policy: QualifiedName;
  readonly args: readonly Expression[];
  /** Distinguishes rule ids when a policy is used more than once: `use p("x") as x`. */
  readonly alias: Name | null;
  readonly scope: Expression | null;
}

export type Effect = "allow" | "sanitize" | "approval" | "deny" | "withhold";

export interface RuleDeclaration extends ItemBase {
  readonly kind: "rule";
  readonly name: Name;
  readonly effect: Effect;
  readonly shadow: Shadow | null;
  readonly selector: Selector;
  /** `having args.x, args.y`: only actions that have these arguments. */
  readonly having: readonly Having[];
  readonly when: Expression | null;
  readonly unless: Expression | null;
  readonly approval: ApprovalClause | null;
  readonly redactions: readonly RedactClause[];
  readonly because: Template | null;
  readonly hint: Template | null;
  /** From YAML: where an optional argument that the condition reads is absent, a restriction holds and an allow fails. */
  readonly absentDecides: boolean;
}
export interface Shadow {
  readonly span: Span;
  /** Milliseconds; null without a date. */
  readonly until: number | null;
}
export interface Having {
  readonly span: Span;
  readonly path: Expression;
  readonly type: TypeNode | null;
}
export interface ApprovalClause {
  readonly span: Span;
  readonly by: readonly {
    readonly span: Span;
    readonly count: number;
    readonly role: StringLiteral | null;
    readonly user: StringLiteral | null;
  }[];
  readonly via: readonly Name[];
  readonly within: DurationNode | null;
}
export interface RedactClause {
  readonly span: Span;
  readonly path: RedactPath;
  /** A pattern by name, or written in place. */
  readonly matching: Expression | null;
  readonly with: RedactMethod;
}
/** `args.headers["authorization"]`, `args.items.*.note`, `args.**`, `result.value.rows`. */
export interface RedactPath {
  readonly span: Span;
  readonly root: "args" | "result";
  readonly steps: readonly (
    | { readonly kind: "field"; readonly name: Name }
    | { readonly kind: "key"; readonly key: StringLiteral }
    | { readonly kind: "each"; readonly span: Span }
    | { readonly kind: "everywhere"; readonly span: Span }
  )[];
}
export type RedactMethod =
  | { readonly kind: "remove" | "mask" | "hash"; readonly span: Span }
  | { readonly kind: "replace"; readonly span: Span; readonly value: Literal }
  | { readonly kind: "truncate"; readonly span: Span; readonly keep: number };

/** A text with placeholders. */
export interface Template {
  readonly span: Span;
  readonly parts: readonly (
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "value"; readonly expression: Expression }
  )[];
}

/** ``exception `SEC-4711`: waive acme.base.freeze for … when … until 2099-12-31 granted by "role:security" because "…"``. */
export interface ExceptionDeclaration extends ItemBase {
  readonly kind: "exception";
  readonly name: Name;
  readonly rule: QualifiedName;
  readonly scope: Expression | null;
  readonly when: Expression | null;
  readonly until: number | null;
  readonly grantedBy: StringLiteral | null;
  readonly because: Template | null;
}

// ------------------------------------------------------------------------------------------------------------ tests

export interface TestDeclaration extends ItemBase {
  readonly kind: "test";
  readonly title: StringLiteral;
  readonly items: readonly TestItem[];
}
export type TestItem =
  /** `agent { … }`, `context { … }`: raw JSON merged into the requests that follow. */
  | {
      readonly kind: "setup";
      readonly span: Span;
      readonly of: "agent" | "context";
      readonly value: JsonNode;
    }
  /** `given label seen("a")`, `given counter spend = 3`. */
  | GivenState
  | { readonly kind: "after"; readonly span: Span; readonly duration: DurationNode }
  | { readonly kind: "at"; readonly span: Span; readonly time: number }
  | TestStep
  /** `cases git.push { repo: "r" } with branch, force { "main", false -> deny … }`: each row in a fresh session. */
  | TestCases
  /** `expect hidden k8s.*`, `expect visible git.push`. */
  | {
      readonly kind: "visibility";
      readonly span: Span;
      readonly visible: boolean;
      readonly selector: Selector;
    };
export interface GivenState {
  readonly kind: "given";
  readonly span: Span;
  readonly of: "label" | "counter";
  readonly name: QualifiedName;
  readonly key: readonly JsonNode[];
  /** For a counter its value; for a label `true`, `false` or `"maybe"`. */
  readonly value: JsonNode | null;
}
export interface TestStep {
  readonly kind: "step";
  readonly span: Span;
  /** One action, or a wire name pair given as strings: `step "github"."list-issues" { }` for undeclared ones. */
  readonly tool: QualifiedName;
  readonly action: Name;
  readonly args: JsonNode;
  /** Facts by JSON pointer: `facts { "/args/url": { origin: ["prompt"] } }`. */
  readonly facts: JsonNode | null;
  /** Approvals given for this step: `approved by "u1" role "release-manager"`. */
  readonly approvals: readonly {
    readonly span: Span;
    readonly by: StringLiteral;
    readonly role: StringLiteral | null;
  }[];
  readonly result: {
    readonly span: Span;
    readonly status: "ok" | "error" | "unknown";
    readonly value: JsonNode | null;
  } | null;
  /** Null: the step must be let through. */
  readonly expect: Expectation | null;
  readonly expectResult: Expectation | null;
}
export interface TestCases {
  readonly kind: "cases";
  readonly span: Span;
  readonly tool: QualifiedName;
  readonly action: Name;
  readonly args: JsonNode;
  readonly columns: readonly Name[];
  readonly rows: readonly {
    readonly span: Span;
    readonly values: readonly JsonNode[];
    readonly expect: Expectation;
  }[];
}
export interface Expectation {
  readonly span: Span;
  /** `expect not allow`. */
  readonly negated: boolean;
  readonly decisions: readonly {
    readonly span: Span;
    readonly decision: "allow" | "sanitize" | "approval_needed" | "deny";
  }[];
  /** `by r1, r2`: exactly these rules, by name in this package or by id. */
  readonly by: readonly QualifiedName[] | null;
  readonly code: Name | null;
  readonly reason: StringLiteral | null;
  /** `redact "/args/body"`: these pointers are redacted. */
  readonly redacts: readonly StringLiteral[];
}
/** JSON written with optional quotes around keys; numbers keep their text. */
export type JsonNode =
  | { readonly kind: "json-null"; readonly span: Span }
  | { readonly kind: "json-bool"; readonly span: Span; readonly value: boolean }
  | { readonly kind: "json-number"; readonly span: Span; readonly text: string }
  | { readonly kind: "json-string"; readonly span: Span; readonly value: string }
  | { readonly kind: "json-array"; readonly span: Span; readonly items: readonly JsonNode[] }
  | {
      readonly kind: "json-object";
      readonly span: Span;
      readonly members: readonly { readonly key: string; readonly keySpan: Span; readonly value: JsonNode }[];
    };

/** `property "…" { for all call git.push where … expect deny or approval_needed }`. */
export interface PropertyDeclaration extends ItemBase {
  readonly kind: "property";
  readonly title: StringLiteral;
  readonly selector: Selector;
  readonly where: Expression | null;
  readonly expect: Expectation;
}
