// `within`: whether all of some scalars are in a set.
import { BOOL, STRING } from "../types/type.ts";
import { scalarKey } from "../values/scalar.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin, withConstant } from "./define-builtin.ts";
import { example, list, set } from "./example.ts";
import { SAME_SET, SCALARS, maxItems } from "./type-matchers.ts";

const keysOf = (items: readonly Value[]): ReadonlySet<Value> => new Set(items.map(scalarKey));
const allIn = (allowed: ReadonlySet<Value>, items: readonly Value[]): boolean =>
  items.length > 0 && items.every((item) => allowed.has(scalarKey(item)));

export const within = defineBuiltin({
  name: "within",
  syntax: "operator",
  doc: "True when there is at least one item and every item is in the set.",
  params: [
    { name: "items", type: SCALARS },
    { name: "set", type: SAME_SET },
  ],
  result: BOOL,
  examples: [
    example([list(STRING, "a", "b"), set(STRING, "a", "b", "c")], true),
    example([list(STRING, "a", "d"), set(STRING, "a", "b", "c")], false),
    example([list(STRING), set(STRING, "a")], false),
  ],
  evaluate: (items: readonly Value[], set: readonly Value[]) => allIn(keysOf(set), items),
  specialise: withConstant(1, keysOf, allIn),
  cost: ([items, set]) => maxItems(items) + maxItems(set),
  rego: ([items, set]) => `aegis_within(${items}, ${set})`,
  regoHelpers: ["aegis_within"],
});
