// `length`: how many code points a text has.
import { INT, STRING } from "../types/type.ts";
import { codePointLength } from "../values/code-points.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, text } from "./example.ts";

export const length = defineBuiltin({
  name: "length",
  syntax: "method",
  doc: "The number of code points of the text.",
  params: [{ name: "text", type: STRING }],
  result: INT,
  examples: [example([text("")], 0), example([text("abc")], 3), example([text("a😀")], 2)],
  evaluate: (value: string) => codePointLength(value),
  rego: ([value]) => `count(${value})`,
});
