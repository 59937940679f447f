// Diagnostics about declarations: types, bounds, defaults, attributes, constants from outside, patterns.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const declarationDiagnostics = defineDiagnostics("declaration", {
  "type-cycle": {
    message: "type `{name}` contains itself",
    help: "types are finite: replace the inner one by `json`",
  },
  "too-large": {
    message: "{what} `{name}` is too large: {limit}",
    help: "split it, or take a part as `json`",
  },
  "unknown-input": {
    message: "the project gives a value for {what} `{name}`, and package `{package}` declares no such {what}",
    help: "{hint}",
  },
  "bad-bounds": {
    message: "`{type}` takes no such bounds",
    help: "`int` and `decimal` take `in least..most`, `string`, `list`, `set` and `map` take `max n`",
  },
  "empty-range": {
    message: "no value lies in {min}..{max}",
    help: "write the smaller bound first",
  },
  "bound-value": {
    message: "`{text}` is no bound of `{type}`",
    help: "an `int` is whole, a `decimal` has at most six digits after the point, and both stay within ±9007199254740991 units",
  },
  "element-type": {
    message: "a {collection} cannot hold `{type}`",
    help: "{hint}",
  },
  "default-optional": {
    message: "`{name}` has a default and is never absent: the `?` says otherwise",
    help: "remove the `?` or the default",
  },
  "bad-constant": {
    message: "{problem}, where `{type}` is expected",
    help: "{hint}",
  },
  "bad-data": {
    message: "the value given for {what} `{name}` does not fit: {place} {problem}",
    help: "its type is `{type}`",
  },
  "no-constant-type": {
    message: "`{name}` cannot be of type `{type}`",
    help: "values of `json` and of types that may be absent are no constants: declare what you read from it",
  },
  "conflicting-attribute": {
    message: "`{of}.{name}` is `{type}` here and `{other}` elsewhere",
    help: "all packages of a program see one `{of}`: give the attribute one type",
  },
  "bad-pattern": {
    message: "{problem}",
    help: "patterns are a subset of regular expressions that means the same everywhere",
  },
  "pattern-cycle": {
    message: "patterns contain each other in a circle: {cycle}",
    help: "take one of them out of the other",
  },
  "unknown-pattern": {
    message: "there is no pattern `{name}`",
    help: "{hint}",
  },
  "empty-enum": {
    message: "enum `{name}` has no members",
    help: "name at least one",
  },
});
