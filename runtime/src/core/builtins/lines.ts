// `lines`: the lines of a text.
import { STRING, listOf } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example } from "./example.ts";
import { SHORT_TEXT, SHORT_TEXT_MAX } from "./type-matchers.ts";

const short = (value: string) => ({ type: { kind: "string", max: 100 } as const, value });

export const lines = defineBuiltin({
  name: "lines",
  syntax: "method",
  doc: "The lines of the text, which line feeds separate; one carriage return before a line feed is left out. The text needs a declared length, so that the number of lines is bounded.",
  params: [{ name: "text", type: SHORT_TEXT }],
  result: ([type]) => listOf(STRING, maxLines(type)),
  examples: [
    example([short("a\r\nb\n")], ["a", "b", ""]),
    example([short("")], [""]),
    example([short("a\rb")], ["a\rb"]),
  ],
  evaluate: (value: string) => value.split(/\r?\n/),
  cost: ([type]) => maxLines(type),
  rego: ([value]) => `split(replace(${value}, "\\r\\n", "\\n"), "\\n")`,
});

const maxLines = (type: { readonly kind: string; readonly max?: number } | undefined): number =>
  (type?.max ?? SHORT_TEXT_MAX) + 1;
