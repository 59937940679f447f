// `count`: how many items a collection has.
import { INT, STRING } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, list, set } from "./example.ts";
import { SIZED } from "./type-matchers.ts";

export const count = defineBuiltin({
  name: "count",
  syntax: "method",
  doc: "The number of elements of a list or set, or of members of a map or headers.",
  params: [{ name: "items", type: SIZED }],
  result: INT,
  examples: [
    example([list(STRING, "a", "a")], 2),
    example([list(STRING)], 0),
    example([set(STRING, "a", "b")], 2),
  ],
  evaluate: (items: readonly Value[] | ReadonlyMap<string, Value>) => sizeOf(items),
  rego: ([items]) => `count(${items})`,
});

/** The number of elements or members. */
export const sizeOf = (items: readonly Value[] | ReadonlyMap<string, Value>): number =>
  items instanceof Map ? items.size : (items as readonly Value[]).length;
