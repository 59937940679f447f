// What values a place can still have, given comparisons with constants: an interval, or a finite set.
import type { ConstValue, Type } from "@aegis/runtime/core";
import { MAX_INTEGER } from "@aegis/runtime/core";

export type Scalar = boolean | number | string;

/** Values of one place that are still possible. Immutable. */
export interface Domain {
  readonly min: number;
  readonly max: number;
  /** Null: any. */
  readonly allowed: ReadonlySet<Scalar> | null;
  readonly excluded: ReadonlySet<Scalar>;
}

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

export function domainOf(type: Type): Domain {
  const base: Domain = { min: -MAX_INTEGER, max: MAX_INTEGER, allowed: null, excluded: new Set() };
  switch (type.kind) {
    case "bool":
      return { ...base, allowed: new Set([true, false]) };
    case "enum":
      return { ...base, allowed: new Set(type.members) };
    case "int":
    case "decimal":
      return { ...base, min: type.min ?? base.min, max: type.max ?? base.max };
    default:
      return base;
  }
}

/** The domain after a comparison with a constant; undefined when nothing is left. */
export function restrict(domain: Domain, op: Comparison, value: Scalar): Domain | undefined {
  switch (op) {
    case "==":
      return restrictTo(domain, new Set([value]));
    case "!=":
      return exclude(domain, [value]);
    default:
      break;
  }
  if (typeof value !== "number") return domain;
  const min = op === ">" ? value + 1 : op === ">=" ? value : domain.min;
  const max = op === "<" ? value - 1 : op === "<=" ? value : domain.max;
  return check({ ...domain, min: Math.max(domain.min, min), max: Math.min(domain.max, max) });
}

export function restrictTo(domain: Domain, values: ReadonlySet<Scalar>): Domain | undefined {
  const { allowed } = domain;
  return check({
    ...domain,
    allowed: allowed === null ? values : new Set([...allowed].filter((each) => values.has(each))),
  });
}

export const exclude = (domain: Domain, values: Iterable<Scalar>): Domain | undefined =>
  check({ ...domain, excluded: new Set([...domain.excluded, ...values]) });

function check(domain: Domain): Domain | undefined {
  if (domain.min > domain.max) return undefined;
  if (domain.allowed !== null) {
    const possible = [...domain.allowed].some(
      (each) =>
        !domain.excluded.has(each) &&
        (typeof each !== "number" || (each >= domain.min && each <= domain.max)),
    );
    return possible ? domain : undefined;
  }
  return domain.min === domain.max && domain.excluded.has(domain.min) ? undefined : domain;
}

export const isScalarValue = (value: ConstValue | undefined): value is Scalar =>
  typeof value === "boolean" || typeof value === "number" || typeof value === "string";
