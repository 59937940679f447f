// `is_empty`: whether a collection has no items.
import { BOOL, STRING } from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { sizeOf } from "./count.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, list } from "./example.ts";
import { SIZED } from "./type-matchers.ts";

export const isEmpty = defineBuiltin({
  name: "is_empty",
  syntax: "method",
  doc: "True when a list, set, map or headers holds nothing.",
  params: [{ name: "items", type: SIZED }],
  result: BOOL,
  examples: [example([list(STRING)], true), example([list(STRING, "a")], false)],
  evaluate: (items: readonly Value[] | ReadonlyMap<string, Value>) => sizeOf(items) === 0,
  rego: ([items]) => `count(${items}) == 0`,
});
