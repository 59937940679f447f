// The canonical form of a constant set: without duplicates, sorted by UTF-8 bytes or number.
import type { ConstValue } from "@aegis/runtime/core";

export function sortedSet(values: readonly ConstValue[]): readonly ConstValue[] {
  const unique = new Map(values.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].sort(compareConstants);
}

export function compareConstants(a: ConstValue, b: ConstValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareCodePoints(String(a), String(b));
}

/** The order of UTF-8 bytes, which is the order of code points. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
