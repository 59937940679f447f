// Diagnostics about types: names in expressions, operators, literals, optionals, labels in conditions.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const typeDiagnostics = defineDiagnostics("type", {
  "unknown-name": {
    message: "there is no `{name}` here",
    help: "{hint}",
  },
  "ambiguous-name": {
    message: "`{name}` is both {one} and {other}",
    help: "{hint}",
  },
  "not-a-value": {
    message: "`{name}` is {what}, not a value",
    help: "{hint}",
  },
  "unreadable-root": {
    message: "`{root}` cannot be read in {place}",
    help: "{hint}",
  },
  "unknown-argument": {
    message: "`{action}` has no argument `{name}`",
    help: "{hint}",
  },
  "unknown-attribute": {
    message: "`{root}` has no attribute `{name}`",
    help: "{hint}",
  },
  "unknown-field": {
    message: "`{type}` has no field `{name}`",
    help: "{hint}",
  },
  "no-members": {
    message: "`{type}` has no members to read",
    help: "{hint}",
  },
  optional: {
    message: "`{place}` may be absent here",
    help: "say what happens then: `{place} else …`, `{place} where present`, or test `{place} is present` first",
  },
  mismatch: {
    message: "this is `{found}` where `{expected}` is expected",
    help: "{hint}",
  },
  literal: {
    message: "{problem}, where `{expected}` is expected",
    help: "{hint}",
  },
  "not-canonical": {
    message: "as a `{type}` this is written {canonical}",
    help: "write it in the form in which values are compared",
  },
  "not-comparable": {
    message: "values of type `{type}` are not compared with `{op}`",
    help: "{hint}",
  },
  "not-ordered": {
    message: "values of type `{type}` have no order",
    help: "`<`, `<=`, `>` and `>=` compare int, decimal, time and duration",
  },
  operands: {
    message: "`{op}` does not take `{left}` and `{right}`",
    help: "{hint}",
  },
  "constant-operand": {
    message: "`{op}` takes {what}",
    help: "{hint}",
  },
  "not-constant": {
    message: "this is not known when the policy is compiled",
    help: "{hint}",
  },
  "constant-cycle": {
    message: "constant `{name}` is defined by itself",
    help: "give it a value of its own",
  },
  "no-value": {
    message: "`{name}` has no value",
    help: "{hint}",
  },
  "never-equal": {
    message: "this is never equal: {why}",
    help: "{hint}",
  },
  "unknown-function": {
    message: "there is no function `{name}`",
    help: "{hint}",
  },
  "unknown-method": {
    message: "`{type}` has no method `{name}`",
    help: "{hint}",
  },
  "argument-count": {
    message: "`{name}` takes {expected}, not {found}",
    help: "it is used as `{usage}`",
  },
  "recursive-function": {
    message: "function `{name}` calls itself",
    help: "functions are expanded where they are called: write it without recursion",
  },
  "not-an-argument": {
    message: "`{name}` says something about an argument of the call",
    help: "write an argument in its parentheses, such as `{name}(args.x)`",
  },
  "gather-type": {
    message: "`args.all` gathers values of a scalar type",
    help: "name the type: `args.all(host)`, `args.all(email)`",
  },
  "not-a-collection": {
    message: "`{type}` is not a list or a set",
    help: "{hint}",
  },
  "empty-collection": {
    message: "this is empty, and nothing says what it would hold",
    help: "give the declaration a type, such as `set<string>`",
  },
  "empty-truth": {
    message: "`all` is true of an empty collection, and here that lets calls through",
    help: "write `all non-empty {variable} in …`, which is false when there is nothing",
  },
  "map-key": {
    message: "the key of a map is a text in quotes",
    help: 'write `{place}["key"]`',
  },
  "header-case": {
    message: "names of headers are written in lower case here",
    help: 'write "{name}": it matches every spelling',
  },
  cast: {
    message: "`as` reads `json`, and this is `{type}`",
    help: "leave out `as`",
  },
  "needless-else": {
    severity: "warning",
    message: "this is never absent",
    help: "remove `{what}`",
  },
  "where-present": {
    message: "`where present` stands in a comparison",
    help: "write `{place} where present == …`, or test `{place} is present`",
  },
  "label-position": {
    message: "a label is read only under `and`, `or`, `not`, `if`, `any` and `all`",
    help: "an uncertain label counts as set where that restricts and as unset where that grants: compared, it could do neither",
  },
  "label-here": {
    message: "labels cannot be read in {place}",
    help: "labels are read in conditions of rules",
  },
  "label-scope": {
    message: "label `{label}` is kept per {scope}",
    help: "write `{scope} has {label}`",
  },
  "not-a-label": {
    message: "`{name}` is not a label",
    help: "{hint}",
  },
  "not-a-pattern": {
    message: "`matches` takes a pattern",
    help: 'name a `pattern`, or write one in place: re"…"',
  },
  "bad-pattern": {
    message: "{problem}",
    help: "patterns are a subset of regular expressions that means the same everywhere",
  },
});
