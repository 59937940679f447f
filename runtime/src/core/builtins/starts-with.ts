// `starts_with`: whether a text begins with another.
import { BOOL, STRING } from "../types/type.ts";
import type { ParsedValue } from "../types/parsed-type.ts";
import { defineBuiltin } from "./define-builtin.ts";
import { example, of, text } from "./example.ts";
import { canonicalText } from "./canonical-text.ts";
import { TEXT } from "./type-matchers.ts";

export const startsWith = defineBuiltin({
  name: "starts_with",
  syntax: "method",
  doc: "True when the text, or the canonical text of a parsed value, begins with `prefix`.",
  params: [
    { name: "text", type: TEXT },
    { name: "prefix", type: STRING },
  ],
  result: BOOL,
  examples: [
    example([text("release/1.2"), text("release/")], true),
    example([text("main"), text("Main")], false),
    example([text("a"), text("")], true),
    example([of("git_ref", "refs/tags/v1"), text("refs/tags/")], true),
  ],
  evaluate(value: string | ParsedValue, prefix: string) {
    const text = canonicalText(value);
    if (prefix.length === 0) return true;
    // Most texts differ in the first unit; calling `startsWith` to learn it took most of the time of such a rule.
    return (
      text.length >= prefix.length && text.charCodeAt(0) === prefix.charCodeAt(0) && text.startsWith(prefix)
    );
  },
  rego: ([value, prefix]) => `startswith(${value}, ${prefix})`,
});
