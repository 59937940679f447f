// How a builtin function is declared: one definition for checker, docs, interpreter, native code and backends.
import type { Type } from "../types/type.ts";

/** The type of a parameter: a type, or a matcher over types with a printable name. */
export type ParameterType =
  Type | { readonly kind: "like"; readonly name: string; readonly accepts: (type: Type) => boolean };

export interface BuiltinDefinition {
  /** Name in the IR, and in source where it is called like a function or a method. */
  readonly name: string;
  /** How it is written: `xs.count()` is a method, `count(xs)` a function, `a under b` an operator. */
  readonly syntax: "function" | "method" | "operator";
  readonly doc: string;
  readonly params: readonly {
    readonly name: string;
    readonly type: ParameterType;
    readonly constant?: boolean;
  }[];
  readonly result: Type;
  /** Source text of an expression and its printed value; run on every engine. */
  readonly examples: readonly { readonly expression: string; readonly value: string }[];
  /** Total: never throws on values of the declared types. Values are in runtime form (see `core/values`). */
  readonly evaluate: (...args: never[]) => unknown;
  /** Cost in steps for the worst-case bound, given the bounds of its arguments; 1 if absent. */
  readonly cost?: number;
  /** A Rego expression over already guarded locals; helpers it needs are named in `regoHelpers`. */
  readonly rego: (args: readonly string[]) => string;
  readonly regoHelpers?: readonly string[];
}

export const defineBuiltin = (definition: BuiltinDefinition): BuiltinDefinition => definition;
