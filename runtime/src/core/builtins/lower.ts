// `lower`: ASCII letters in lower case.
import { STRING } from "../types/type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, text } from "./example.ts";

export const lower = defineBuiltin({
  name: "lower",
  syntax: "method",
  doc: "The text with the letters A to Z in lower case; all other characters stay as they are.",
  params: [{ name: "text", type: STRING }],
  result: (types) => types[0] ?? STRING,
  examples: [example([text("GET")], "get"), example([text("ÀBC İ")], "Àbc İ")],
  evaluate: (value: string) => asciiLower(value),
  rego: ([value]) => `aegis_ascii_lower(${value})`,
  regoHelpers: ["aegis_ascii_lower"],
});

/** Lower case of A to Z only: what case folding is, here and for names of headers. */
export const asciiLower = (value: string): string =>
  value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
