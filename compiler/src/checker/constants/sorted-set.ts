// The canonical form of a constant set: without duplicates, sorted by UTF-8 bytes or number.
import { compareUtf8 } from "@aegis/runtime/core";
import type { ConstValue } from "@aegis/runtime/core";

export function sortedSet(values: readonly ConstValue[]): readonly ConstValue[] {
  const unique = new Map(values.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : compareUtf8(String(a), String(b)),
  );
}
