// `keys`: the names of the members of a map.
import { DEFAULT_MAX_ITEMS, STRING, setOf, mapOf } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example } from "./example.ts";
import { KEYED, maxItems } from "./type-matchers.ts";

export const keys = defineBuiltin({
  name: "keys",
  syntax: "method",
  doc: "The names of the members of a map, or of headers in lower case, as a set.",
  params: [{ name: "map", type: KEYED }],
  result: ([type]) => setOf(STRING, type === undefined ? DEFAULT_MAX_ITEMS : maxItems(type)),
  examples: [example([{ type: mapOf(STRING), value: [["a", "1"]] }], ["a"])],
  evaluate: (map: ReadonlyMap<string, Value>) => [...map.keys()],
  cost: ([type]) => maxItems(type),
  rego: ([map]) => `object.keys(${map})`,
});
