// The canonical order of what has no order: elements of sets, members of maps and records.
import type { ConstValue } from "@aegis/runtime/core";

/** By code point, which is the order of UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done === true || y.done === true) return (y.done === true ? 1 : 0) - (x.done === true ? 1 : 0);
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}

const compareScalars = (a: ConstValue, b: ConstValue): number =>
  typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b));

/** Scalars sorted, each once. */
export const canonicalSet = (items: readonly ConstValue[]): ConstValue[] =>
  [...items].sort(compareScalars).filter((item, index, all) => index === 0 || item !== all[index - 1]);

/** Pairs sorted by key. */
export const canonicalMembers = (members: readonly (readonly [string, ConstValue])[]): ConstValue[] =>
  [...members].sort(([a], [b]) => compareText(a, b)).map(([key, value]) => [key, value]);
