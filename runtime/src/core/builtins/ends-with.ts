// `ends_with`: whether a text ends with another.
import { BOOL, STRING } from "../types/type.ts";
import type { ParsedValue } from "../types/parsed-type.ts";
import { canonicalText } from "./canonical-text.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, of, text } from "./example.ts";
import { TEXT } from "./type-matchers.ts";

export const endsWith = defineBuiltin({
  name: "ends_with",
  syntax: "method",
  doc: "True when the text, or the canonical text of a parsed value, ends with `suffix`.",
  params: [
    { name: "text", type: TEXT },
    { name: "suffix", type: STRING },
  ],
  result: BOOL,
  examples: [
    example([text("notes.md"), text(".md")], true),
    example([text("notes.MD"), text(".md")], false),
    example([of("relpath", "docs/notes.md"), text(".md")], true),
  ],
  evaluate(value: string | ParsedValue, suffix: string) {
    const text = canonicalText(value);
    const last = suffix.length - 1;
    if (last < 0) return true;
    // As in `starts_with`: most texts differ in the last unit.
    const from = text.length - suffix.length;
    return from >= 0 && text.charCodeAt(from + last) === suffix.charCodeAt(last) && text.endsWith(suffix);
  },
  rego: ([value, suffix]) => `endswith(${value}, ${suffix})`,
});
