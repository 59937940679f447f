// Diagnostics of the YAML front end.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const yamlDiagnostics = defineDiagnostics("yaml", {
  syntax: {
    message: "this is no YAML: {problem}",
    help: "Aegis reads YAML 1.2, core schema; any JSON is YAML too",
  },
  "too-large": {
    message: "the file is {what}",
    help: "split it: packages may span several files",
  },
  version: {
    message: "YAML {version} is not read",
    help: "remove the `%YAML` line: Aegis reads YAML 1.2, where `no` is a word and `010` is ten",
  },
  "several-documents": {
    message: "a policy file holds one document",
    help: "put what follows `---` into a file of its own",
  },
  anchor: {
    message: "anchors are not allowed",
    help: "remove `&{name}`: what is written once must be read where it stands",
  },
  alias: {
    message: "aliases are not allowed",
    help: "`*{name}` refers elsewhere: repeat the value, or quote it if a selector was meant",
  },
  tag: {
    message: "tags are not allowed",
    help: "remove the `!`, write `not` for negation, or quote the text",
  },
  "merge-key": {
    message: "merge keys are not allowed",
    help: "write out what `<<` would bring in",
  },
  "duplicate-key": {
    message: "`{key}` is given twice",
    help: "only one of the two would count: remove the other",
  },
  "key-not-string": {
    message: "a key must be a plain name, not {what}",
    help: "quote it if the text is meant",
  },
  "unknown-key": {
    message: "there is no key `{key}` in {place}",
    help: "{hint}",
  },
  "missing-key": {
    message: "{place} needs `{key}`",
    help: "{hint}",
  },
  "null-value": {
    message: "`{key}` has no value",
    help: "give it one, or remove the key",
  },
  "wrong-shape": {
    message: "{place} must be {expected}, not {found}",
    help: "{hint}",
  },
  "name-not-string": {
    message: "`{text}` is read as {found} by some YAML readers, and a name is expected",
    help: 'put it in quotes: "{text}"',
  },
  "number-form": {
    message: "`{text}` is no number that Aegis reads",
    help: "write digits, and at most six after a point: `50`, `0.5`",
  },
  "hidden-character": {
    message: "the character U+{code} cannot be seen here",
    help: 'remove it, or write it as an escape in double quotes: "\\u{code}"',
  },
  "unknown-value": {
    message: "{place} cannot be `{text}`",
    help: "{hint}",
  },
  "condition-form": {
    message: "a condition is written `true if CONDITION`",
    help: 'for example `approval_needed: true if branch == "main"`',
  },
  "no-tools": {
    message: "conditions speak of listed tools, and `allowed_tools` lists none",
    help: "list the tools and actions that the agent may use",
  },
  "duplicate-tool": {
    message: "`{name}` is listed twice",
    help: "join the two lists of actions",
  },
  "duplicate-name": {
    message: "two rules would be called `{name}`",
    help: "give one of them a `name`",
  },
  "unknown-action": {
    message: "`{tool}` has no action `{action}`",
    help: "{hint}",
  },
  "unknown-argument": {
    message: "no listed action has an argument `{name}`",
    help: "{hint}",
  },
  "ambiguous-name": {
    message: "`{name}` is an argument and {other}",
    help: "write `args.{name}` for the argument, or rename the other",
  },
});
