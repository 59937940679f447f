// `within`: whether all of some scalars are in a set.
import { BOOL, STRING } from "../types/type.ts";
import { scalarKey } from "../values/scalar.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, list, set } from "./example.ts";
import { SAME_SET, SCALARS, maxItems } from "./type-matchers.ts";

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
  evaluate: (items: readonly Value[], set: readonly Value[]) => {
    const allowed = new Set(set.map(scalarKey));
    return items.length > 0 && items.every((item) => allowed.has(scalarKey(item)));
  },
  cost: ([items, set]) => maxItems(items) + maxItems(set),
  rego: ([items, set]) => `aegis_within(${items}, ${set})`,
  regoHelpers: ["aegis_within"],
});
