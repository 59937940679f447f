// Declarations that expressions refer to, checked once each and on demand: constants, functions, labels.
import type { ExternalReads } from "../analysis/external-reads.ts";
import type { ConstValue, RecordType, Type } from "@aegis/runtime/core";
import type { Declared, ResolvedProgram } from "../../resolver/resolved-program.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { CheckedFunction, CheckedLabel } from "../checked-program.ts";
import type { CheckedType } from "../checked.ts";
import type { Span } from "../../source/span.ts";
import type { WherePresent } from "../../syntax/expression.ts";

export interface Constant {
  readonly type: CheckedType;
  /** Absent when it was reported. */
  readonly value?: ConstValue;
}

/** A function, and whether its truth rests on `all` over something that may be empty. */
export interface FunctionInfo {
  readonly function: CheckedFunction;
  readonly emptyTruth: { readonly positive: boolean; readonly negative: boolean };
}

export type DeclaredOf<Kind extends Declared["kind"]> = Extract<Declared, { readonly kind: Kind }>;

export interface Declarations {
  readonly program: ResolvedProgram;
  readonly sink: DiagnosticSink;
  /** Keys of the places in `where present` nodes. */
  readonly guardKeys: WeakMap<WherePresent, string>;
  /** Expressions whose value another environment, datum or `use` may change: nothing is concluded from what it is here. */
  readonly external: ExternalReads;
  readonly agent: RecordType;
  readonly context: RecordType;
  constant(declared: DeclaredOf<"const" | "data" | "param">, name: string, usedAt: Span): Constant;
  /** Undefined while the function itself is being checked: it is recursive. */
  function(declared: DeclaredOf<"fn">): FunctionInfo | undefined;
  label(declared: DeclaredOf<"label">): CheckedLabel;
  /** `args` of an action as a record. */
  argsOf(action: number): RecordType;
  resultOf(action: number): Type;
}
