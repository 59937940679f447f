// `contains`: whether a text occurs in another.
import { BOOL, STRING } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, text } from "./example.ts";

export const contains = defineBuiltin({
  name: "contains",
  syntax: "method",
  doc: "True when `part` occurs in the text; the empty text occurs in every text.",
  params: [
    { name: "text", type: STRING },
    { name: "part", type: STRING },
  ],
  result: BOOL,
  examples: [
    example([text("drop table users"), text("table")], true),
    example([text("Table"), text("table")], false),
  ],
  evaluate: (value: string, part: string) => value.includes(part),
  rego: ([value, part]) => `contains(${value}, ${part})`,
});
