// `values`: the values of the members of a map.
import { STRING, listOf, mapOf } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example } from "./example.ts";
import { KEYED, maxItems } from "./type-matchers.ts";

export const values = defineBuiltin({
  name: "values",
  syntax: "method",
  doc: "The values of the members of a map or of headers, as a list in no particular order.",
  params: [{ name: "map", type: KEYED }],
  result: ([type]) => listOf(type?.kind === "map" ? type.of : STRING, maxItems(type)),
  examples: [example([{ type: mapOf(STRING), value: [["a", "1"]] }], ["1"])],
  evaluate: (map: ReadonlyMap<string, Value>) => [...map.values()],
  cost: ([type]) => maxItems(type),
  rego: ([map]) => `[value | some value in ${map}]`,
});
