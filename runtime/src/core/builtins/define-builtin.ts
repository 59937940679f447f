// How a builtin function is declared: one definition for checker, docs, interpreter, native code and backends.
import type { ConstValue, Type } from "../types/type.ts";
import { sameType } from "../types/type-relations.ts";
import type { Value } from "../values/value.ts";

/** A set of types with a printable name; `earlier` are the types of the arguments before this one. */
export interface TypeMatcher {
  readonly kind: "like";
  readonly name: string;
  accepts(type: Type, earlier: readonly Type[]): boolean;
  /** The type that a literal in this place takes, where the earlier arguments tell it. */
  expected?(earlier: readonly Type[]): Type | undefined;
}

/** The type of a parameter: a type (bounds ignored), or a matcher over types. Never optional. */
export type ParameterType = Type | TypeMatcher;

/** How it is written: `xs.count()` is a method, `min(a, b)` a function, `a under b` an operator. */
export type BuiltinSyntax = "function" | "method" | "operator";

export interface BuiltinParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** The argument must be a constant. */
  readonly constant?: boolean;
}

/** A call with constant arguments and its value, run on every engine; `printExample` writes it as source. */
export interface BuiltinExample {
  readonly args: readonly { readonly type: Type; readonly value: ConstValue }[];
  readonly value: ConstValue;
}

export type Callable = (...args: readonly Value[]) => Value;
export interface ConstantArgument {
  readonly value: Value;
}

export interface BuiltinDefinition {
  /** Name in the IR: unique. */
  readonly name: string;
  readonly syntax: BuiltinSyntax;
  /** Name in source when it is not `name`; definitions that share one are told apart by the types of the arguments. */
  readonly sourceName?: string;
  readonly doc: string;
  readonly params: readonly BuiltinParameter[];
  /** The type of the value, or a function of the types of the arguments. */
  readonly result: Type | ((args: readonly Type[]) => Type);
  readonly examples: readonly BuiltinExample[];
  /** Total: never throws on values of the declared types. Values are in runtime form (see `core/values`). */
  readonly evaluate: (...args: never[]) => Value;
  /** `evaluate` where some arguments are constants: what can be worked out once is; undefined when there is nothing to gain. */
  readonly specialise?: (constants: readonly (ConstantArgument | undefined)[]) => Callable | undefined;
  /** Cost in steps for the worst-case bound, given the types (with bounds) of the arguments; 1 if absent. */
  readonly cost?: (args: readonly Type[]) => number;
  /**
   * A Rego expression over already guarded locals; the helpers it calls are named in `regoHelpers` (see `rego-functions.ts`).
   * Form of values in Rego: numbers are the integers of the runtime form; parsed values stand as their canonical text;
   * a list is an array, a set a Rego set or an array without duplicates, a map or headers an object.
   */
  readonly rego: (args: readonly string[]) => string;
  readonly regoHelpers?: readonly string[];
}

export const defineBuiltin = (definition: BuiltinDefinition): BuiltinDefinition => definition;

/** True when an argument of type `type` may stand for `parameter`. */
export function acceptsArgument(parameter: ParameterType, type: Type, earlier: readonly Type[]): boolean {
  return parameter.kind === "like" ? parameter.accepts(type, earlier) : sameType(parameter, type);
}

/** The type that a literal takes as this argument; undefined when it decides nothing. */
export function expectedArgument(parameter: ParameterType, earlier: readonly Type[]): Type | undefined {
  return parameter.kind === "like" ? parameter.expected?.(earlier) : parameter;
}

/** True when arguments of these types fit the parameters. */
export function acceptsArguments(definition: BuiltinDefinition, types: readonly Type[]): boolean {
  return types.length === definition.params.length && acceptsFirst(definition, types);
}

/** True when arguments of these types fit the first parameters. */
export function acceptsFirst({ params }: BuiltinDefinition, types: readonly Type[]): boolean {
  return types.every((type, index) => {
    const parameter = params[index];
    return (
      parameter !== undefined &&
      acceptsArgument(parameter.type, type, index === 0 ? NO_TYPES : types.slice(0, index))
    );
  });
}
const NO_TYPES: readonly Type[] = [];

/** The type of a call with arguments of these types, which the parameters accept. */
export function resultType(definition: BuiltinDefinition, types: readonly Type[]): Type {
  return typeof definition.result === "function" ? definition.result(types) : definition.result;
}

/** The worst-case cost of a call, arguments excluded. */
export function callCost(definition: BuiltinDefinition, types: readonly Type[]): number {
  return definition.cost?.(types) ?? 1;
}

/** The native meaning with the parameter types erased: call it only with values that the parameters accept. */
export function callable(definition: BuiltinDefinition): Callable {
  return definition.evaluate as Callable;
}

/** `specialise` for a collection that is constant: `prepare` makes of it what calls need, `evaluate` takes that and the rest. */
export const withConstant =
  <Prepared>(
    index: number,
    prepare: (items: readonly never[]) => Prepared,
    evaluate: (prepared: Prepared, other: never) => Value,
  ): NonNullable<BuiltinDefinition["specialise"]> =>
  (constants) => {
    const constant = constants[index];
    if (constant === undefined || constants.length !== 2) return undefined;
    const prepared = prepare(constant.value as readonly never[]);
    return index === 0
      ? (_constant, other) => evaluate(prepared, other as never)
      : (other) => evaluate(prepared, other as never);
  };
