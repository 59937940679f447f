// Sorting of scalars by way of their addresses: numbers, text, or parsed values by canonical text.
import { compareText, sameText, size } from "./memory";

/** How scalars of a type are compared. */
export const BY_NUMBER: u32 = 0;
export const BY_TEXT: u32 = 1;
export const BY_CANONICAL: u32 = 2;

/** What stands for a scalar in comparisons. */
@inline
export function comparable(value: i64, mode: u32): i64 {
  return mode == BY_CANONICAL ? load<i64>(value as usize, 8) : value;
}

export function sameScalar(left: i64, right: i64, mode: u32): bool {
  if (mode == BY_NUMBER) return left == right;
  return sameText(comparable(left, mode), comparable(right, mode));
}

/** Any total order will do: shorter text comes first. */
export function compareScalars(left: i64, right: i64, mode: u32): i32 {
  if (mode == BY_NUMBER) return left < right ? -1 : left > right ? 1 : 0;
  const a = comparable(left, mode);
  const b = comparable(right, mode);
  if (size(a) != size(b)) return size(a) < size(b) ? -1 : 1;
  return compareText(a, b);
}

/** By value, then by address, so that the first of equals stays in front. */
function compareSlots(left: u32, right: u32, mode: u32): i32 {
  const order = compareScalars(load<i64>(left), load<i64>(right), mode);
  return order != 0 ? order : left < right ? -1 : 1;
}

/** Heap sort of `count` addresses of values. */
export function sortSlots(slots: usize, count: u32, mode: u32): void {
  for (let root = count >>> 1; root > 0; root--) sink(slots, root - 1, count, mode);
  for (let last = count; last > 1; last--) {
    const end = slots + ((last - 1) << 2);
    const moved = load<u32>(end);
    store<u32>(end, load<u32>(slots));
    store<u32>(slots, moved);
    sink(slots, 0, last - 1, mode);
  }
}

function sink(slots: usize, root: u32, count: u32, mode: u32): void {
  const item = load<u32>(slots + (root << 2));
  while (true) {
    let child = (root << 1) + 1;
    if (child >= count) break;
    let larger = load<u32>(slots + (child << 2));
    if (child + 1 < count) {
      const other = load<u32>(slots + ((child + 1) << 2));
      if (compareSlots(larger, other, mode) < 0) {
        larger = other;
        child++;
      }
    }
    if (compareSlots(item, larger, mode) >= 0) break;
    store<u32>(slots + (root << 2), larger);
    root = child;
  }
  store<u32>(slots + (root << 2), item);
}

/** Whether neighbours are equal. */
export function sortedTwice(slots: usize, count: u32, mode: u32): bool {
  for (let index: u32 = 1; index < count; index++) {
    const here = slots + (index << 2);
    if (sameScalar(load<i64>(load<u32>(here)), load<i64>(load<u32>(here - 4)), mode)) return true;
  }
  return false;
}
