// The canonical order of what has no order: elements of sets, members of maps and records.
import type { ConstValue } from "@aegis/runtime/core";
import { compareUtf8 } from "@aegis/runtime/core";

const compareScalars = (a: ConstValue, b: ConstValue): number =>
  typeof a === "number" && typeof b === "number" ? a - b : compareUtf8(String(a), String(b));

/** Scalars sorted, each once. */
export const canonicalSet = (items: readonly ConstValue[]): ConstValue[] =>
  [...items].sort(compareScalars).filter((item, index, all) => index === 0 || item !== all[index - 1]);

/** Pairs sorted by key. */
export const canonicalMembers = (members: readonly (readonly [string, ConstValue])[]): ConstValue[] =>
  [...members].sort(([a], [b]) => compareUtf8(a, b)).map(([key, value]) => [key, value]);
