// The result of checking one expression, and the type that stands for "already reported".
import { BOOL } from "@aegis/runtime/core";
import type { ConstValue, Type } from "@aegis/runtime/core";
import { UNKNOWN_TYPE } from "../resolver/types/type-of.ts";
import type { Meaning } from "./checked-program.ts";

/** The type of an expression that was reported: whatever is done with it is silent. */
export interface ErrorType {
  readonly kind: "error";
}
export type CheckedType = Type | ErrorType;

/** Every field is always there, so that all of them have one shape, which reading code is quick with. */
export interface Checked {
  readonly type: CheckedType;
  readonly narrowed: boolean | undefined;
  readonly meaning: Meaning | undefined;
  readonly constant: ConstValue | undefined;
  /** Identity of the place for narrowing; undefined for values that are no place. */
  readonly key: string | undefined;
  /** True for a field of the arguments (not a member of a map): what an absent-skip is about. */
  readonly argument: boolean | undefined;
  /** Places proved present when the (boolean) expression is true, and when it is false. */
  readonly whenTrue: ReadonlySet<string>;
  readonly whenFalse: ReadonlySet<string>;
}

export const NO_PLACES: ReadonlySet<string> = new Set();
export const ERROR: ErrorType = { kind: "error" };

type Details = Partial<Omit<Checked, "type">>;
const NO_DETAILS: Details = {};

/** A value of a type, with what else is known of it. */
export const typed = (type: CheckedType, details = NO_DETAILS): Checked => ({
  type: type === UNKNOWN_TYPE ? ERROR : type,
  narrowed: details.narrowed,
  meaning: details.meaning,
  constant: details.constant,
  key: details.key,
  argument: details.argument,
  whenTrue: details.whenTrue ?? NO_PLACES,
  whenFalse: details.whenFalse ?? NO_PLACES,
});

export const FAILED: Checked = typed(ERROR);

/** What is true or false, and nothing else is known of it: as of most conditions. */
export const TRUTH: Checked = typed(BOOL);

/** A constant, as literals are. */
export const constantOf = (type: Type, constant: ConstValue): Checked => ({
  type,
  narrowed: undefined,
  meaning: undefined,
  constant,
  key: undefined,
  argument: undefined,
  whenTrue: NO_PLACES,
  whenFalse: NO_PLACES,
});

/** What was understood is known of its expression as it stands. */
export const isUnderstood = (checked: Checked): checked is Checked & { readonly type: Type } =>
  checked.type.kind !== "error";

export const isError = (type: CheckedType): type is ErrorType => type.kind === "error";

export function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (b.size === 0) return a;
  if (a.size === 0) return b;
  return new Set([...a, ...b]);
}

export function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0 || b.size === 0) return NO_PLACES;
  const both = [...a].filter((each) => b.has(each));
  return both.length === 0 ? NO_PLACES : new Set(both);
}
