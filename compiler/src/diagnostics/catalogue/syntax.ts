// Diagnostics of reading text: what the lexer and the parsers cannot make sense of.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const syntaxDiagnostics = defineDiagnostics("syntax", {
  expected: {
    message: "expected {what}",
    help: "found {found} instead",
  },
  unexpected: {
    message: "{found} does not belong here",
    help: "{hint}",
  },
  "unexpected-character": {
    message: "the character {character} has no meaning here",
    help: "{hint}",
  },
  "invisible-character": {
    message: "there is an invisible character here (U+{code})",
    help: "delete it; in a text it can be written as {escape}",
  },
  "control-character": {
    message: "there is a control character here (U+{code})",
    help: "delete it; in a text it can be written as {escape}",
  },
  "lone-surrogate": {
    message: "half of a character stands here (U+{code})",
    help: "the text was cut or damaged: delete the broken character",
  },
  "too-deep": {
    message: "this is nested more than {limit} levels deep",
    help: "give parts of it a name with `fn`, `const` or `type`, or use `in` with a set",
  },
  unclosed: {
    message: "this `{open}` is never closed",
    help: "add the missing `{close}`",
  },
  "unclosed-text": {
    message: "this text has no closing quote",
    help: 'a text ends on the line where it begins: add `"`; write a line break as `\\n`',
  },
  "unclosed-placeholder": {
    message: "this placeholder has no closing brace",
    help: "add the closing brace, or write `\\{open}` for a brace that is part of the text",
  },
  "quote-in-placeholder": {
    message: "this quote ends the text in the middle of a placeholder",
    help: 'in a placeholder quotes are escaped as everywhere in a text: write `\\"`',
  },
  "single-quotes": {
    message: "a text stands in double quotes",
    help: "write `\"…\"` instead of `'…'`",
  },
  "wrong-operator": {
    message: "`{found}` is written `{instead}`",
    help: "replace `{found}` by `{instead}`",
  },
  "needless-semicolon": {
    message: "a `;` is not needed here",
    help: "delete it: declarations and clauses need no separator",
  },
  "bad-escape": {
    message: "`{escape}` is not an escape",
    help: "escapes are {known}; write a backslash as `\\\\`",
  },
  "bad-number": {
    message: "`{text}` is not a number",
    help: "{hint}",
  },
  "bad-time": {
    message: "`{text}` is no date of the calendar",
    help: "write a date as `2027-01-31` or `2027-01-31T09:00:00Z`",
  },
  "empty-name": {
    message: "a name cannot be empty",
    help: "write the name between the back-quotes",
  },
  "reserved-word": {
    message: "`{word}` is a word of the language and cannot be a name here",
    help: "choose another name, or write it in back-quotes",
  },
  "unknown-word": {
    message: "`{word}` does not start {what}",
    help: "{hint}",
  },
  "missing-rule-name": {
    message: "this rule has no name",
    help: "every rule is named: write `{word} some_name: …`",
  },
  "quoted-name": {
    message: "a name is written without double quotes",
    help: "write {instead}",
  },
  "bare-tool": {
    message: "`{name}` names a tool or nothing, not an action",
    help: "write `{name}.*` for every action of the tool, or `tool.action` for one",
  },
  "duplicate-clause": {
    message: "`{clause}` is given twice",
    help: "a rule has it once: join the two",
  },
  "chained-comparison": {
    message: "comparisons do not chain",
    help: "write `a < b and b < c`, or put parentheses around one of them",
  },
  "not-callable": {
    message: "only a name can be called",
    help: "write `name(…)` or `value.name(…)`",
  },
  "bad-left-of-has": {
    message: "`has` asks for a label of `session`, `agent` or `tenant`",
    help: "write `session has some_label`",
  },
  "missing-with": {
    message: "this redaction does not say how",
    help: "add `with remove`, `with replace …`, `with mask`, `with hash` or `with truncate N`",
  },
  "package-first": {
    message: "`package` stands once, at the beginning of the file",
    help: "move it to the beginning, or split the file",
  },
});
