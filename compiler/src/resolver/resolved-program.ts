// What the resolver hands on: every module's scope, and declarations turned into types, constants and actions.
import type { ConstValue, Field, Type } from "@aegis/runtime/core";
import type {
  ActionNode,
  ConstDeclaration,
  DataDeclaration,
  EnumDeclaration,
  ExceptionDeclaration,
  FactDeclaration,
  FunctionDeclaration,
  GroupDeclaration,
  LabelDeclaration,
  LimitDeclaration,
  Module,
  ParamDeclaration,
  PatternDeclaration,
  PolicyDeclaration,
  RuleDeclaration,
  Selector,
  TypeAlias,
  UsePolicy,
} from "../syntax/ast.ts";
import type { DeclaringNode, NameSpace } from "../binder/bind-module.ts";
import type { QualifiedName, TypeNode } from "../syntax/expression.ts";
import type { Span } from "../source/span.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";

/** What surrounds the sources: manifests, data, parameters and the lock file, already read by the host. */
export interface ProjectInputs {
  /** Parsed JSON of a manifest by the path written in `tools "path" as x`, relative to the module's file. */
  readManifest(fromFile: string, path: string): ManifestResult;
  /** Values of `data` declarations by `package.name`: JSON. Absent: an error where the datum is used. */
  readonly data: ReadonlyMap<string, unknown>;
  /** Values of `param` declarations of the chosen environment by `package.name`: JSON. */
  readonly params: ReadonlyMap<string, unknown>;
  /** Actions pinned by the lock file as `tool.action` wire names; null without a lock file. */
  readonly lockedActions: ReadonlySet<string> | null;
  /** Channels that `via` may name; null where there is no project file. */
  readonly channels: ReadonlySet<string> | null;
  /** The moment for expiry diagnostics, in ms; null: no expiry diagnostics. */
  readonly now: number | null;
}
export type ManifestResult =
  | { readonly ok: true; readonly path: string; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** What a name can stand for. */
export type Declared =
  | { readonly kind: "enum"; readonly package: string; readonly node: EnumDeclaration; readonly type: Type }
  | { readonly kind: "type"; readonly package: string; readonly node: TypeAlias; readonly type: Type }
  | { readonly kind: "const"; readonly package: string; readonly node: ConstDeclaration }
  | {
      readonly kind: "data";
      readonly package: string;
      readonly node: DataDeclaration;
      readonly type: Type;
      readonly value: ConstValue | null;
    }
  | {
      readonly kind: "param";
      readonly package: string;
      readonly node: ParamDeclaration;
      readonly type: Type;
      readonly value: ConstValue | null;
    }
  | { readonly kind: "fn"; readonly package: string; readonly node: FunctionDeclaration }
  | {
      readonly kind: "pattern";
      readonly package: string;
      readonly node: PatternDeclaration;
      readonly name: string;
      readonly pattern: string;
    }
  | {
      readonly kind: "fact";
      readonly package: string;
      readonly node: FactDeclaration;
      readonly name: string;
      readonly of: Type;
      readonly type: Type;
    }
  | { readonly kind: "group"; readonly package: string; readonly node: GroupDeclaration }
  | { readonly kind: "label"; readonly package: string; readonly node: LabelDeclaration }
  | { readonly kind: "limit"; readonly package: string; readonly node: LimitDeclaration }
  | { readonly kind: "policy"; readonly package: string; readonly node: PolicyDeclaration }
  | { readonly kind: "rule"; readonly package: string; readonly node: RuleDeclaration }
  | { readonly kind: "exception"; readonly package: string; readonly node: ExceptionDeclaration }
  | { readonly kind: "tool"; readonly package: string; readonly tool: ResolvedTool }
  /** An imported module: `secrets` in `secrets.any`. */
  | { readonly kind: "package"; readonly package: string };

export interface ResolvedTool {
  /** Name in source. */
  readonly name: string;
  /** Name on the wire. */
  readonly wire: string;
  readonly actions: readonly ResolvedAction[];
  /** Made up for a tool that nothing declares (YAML). */
  readonly inferred: boolean;
  readonly declaredAt: Span;
}
export interface ResolvedAction {
  readonly name: string;
  /** Index into `ResolvedProgram.actions`. */
  readonly index: number;
  readonly node: ActionNode | null;
}
/** An action that requests can name, with merged refinements. Sorted by (tool, action) wire names. */
export interface ResolvedActionType {
  readonly tool: string;
  readonly action: string;
  readonly params: readonly Field[];
  readonly open: boolean;
  readonly result: Type;
  readonly doc: string | null;
  readonly declaredAt: Span;
  readonly annotations: Readonly<Record<string, string | boolean>>;
}

export interface ResolvedModule {
  readonly module: Module;
  readonly package: string;
  /**
   * Declared and imported names; packages in dotted form too (`acme.base`). Without a space they are tried in the order
   * of `NameSpace`: a rule may have the name of a value, a label or limit may not.
   */
  lookup(name: string, space?: NameSpace): Declared | undefined;
  /** A dotted name as far as it is declarations: the declared thing, or undefined (not reported). */
  resolve(name: QualifiedName, space?: NameSpace): Declared | undefined;
  /** Names of these kinds that can be written here, dotted ones of imported packages included: for did-you-mean. */
  names(space: NameSpace, kinds?: readonly DeclaringNode["kind"][]): readonly string[];
  /** Names that failed imports would have brought. */
  readonly failures: ReadonlySet<string>;
  /** True for a name that a failed import would have brought: using it is no second mistake. */
  failed(name: string): boolean;
  /** A type as written; reports what it does not know and gives `json` then. */
  typeOf(node: TypeNode, sink: DiagnosticSink): Type;
  /** Action indices of a selector, ascending; reports unknown tools, actions and groups (once each). Honours the lock. */
  expand(selector: Selector, sink: DiagnosticSink): readonly number[];
}

export interface ResolvedProgram {
  readonly modules: readonly ResolvedModule[];
  readonly packages: readonly { readonly name: string; readonly guard: boolean }[];
  readonly agent: readonly Field[];
  readonly context: readonly Field[];
  readonly actions: readonly ResolvedActionType[];
  /** Rules by id (`package.rule`), those inside policies included; policies with parameters contribute through `uses`. */
  readonly rules: readonly {
    readonly id: string;
    readonly module: ResolvedModule;
    readonly node: RuleDeclaration;
    readonly policy: PolicyDeclaration | null;
    readonly use: UsePolicy | null;
    /** Where the arguments and the `for` of `use` are read. */
    readonly useModule: ResolvedModule | null;
  }[];
  readonly inputs: ProjectInputs;
}
