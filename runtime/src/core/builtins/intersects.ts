// `intersects`: whether two collections of scalars share an item.
import { BOOL, STRING } from "../types/type.ts";
import { scalarKey } from "../values/scalar.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin, withConstant } from "./define-builtin.ts";
import { example, list, set } from "./example.ts";
import { SAME_SCALARS, SCALARS, maxItems } from "./type-matchers.ts";

const keysOf = (items: readonly Value[]): ReadonlySet<Value> => new Set(items.map(scalarKey));
const anyIn = (wanted: ReadonlySet<Value>, items: readonly Value[]): boolean =>
  items.some((item) => wanted.has(scalarKey(item)));

export const intersects = defineBuiltin({
  name: "intersects",
  syntax: "method",
  doc: "True when at least one item is in both.",
  params: [
    { name: "items", type: SCALARS },
    { name: "others", type: SAME_SCALARS },
  ],
  result: BOOL,
  examples: [
    example([list(STRING, "a", "b"), set(STRING, "b", "c")], true),
    example([list(STRING, "a"), set(STRING, "b")], false),
    example([list(STRING), set(STRING)], false),
  ],
  evaluate: (items: readonly Value[], others: readonly Value[]) => anyIn(keysOf(others), items),
  specialise: withConstant(1, keysOf, anyIn),
  cost: ([items, others]) => maxItems(items) + maxItems(others),
  rego: ([items, others]) => `aegis_intersects(${items}, ${others})`,
  regoHelpers: ["aegis_intersects"],
});
