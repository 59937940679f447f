// Diagnostics about labels and limits.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const stateDiagnostics = defineDiagnostics("state", {
  "result-on-call": {
    message: "`on {on}` comes before the result",
    help: "write `on result` to read what the tool answered",
  },
  "set-and-clear": {
    message: "`{action}` both sets and clears this label {phase}",
    help: "keep one of the two: otherwise the order would decide",
  },
  "no-transition": {
    severity: "warning",
    message: "nothing sets label `{name}`",
    help: "add `set on call …` or `set on result …`",
  },
  "key-count": {
    message: "label `{name}` has {expected}, and this gives {found}",
    help: "write `key` with one expression for each key of the label",
  },
  "key-type": {
    message: "`{type}` cannot be a key",
    help: "keys are scalars",
  },
  "each-collection": {
    message: "`for each` goes through a list or set, and this is `{type}`",
    help: "name a list or a set",
  },
  "amount-negative": {
    message: "what is summed may be negative",
    help: "sum an argument, which must then not be negative, or a number that cannot be",
  },
  "amount-type": {
    message: "a limit counts int or decimal, not `{type}`",
    help: "sum a number",
  },
  "settle-phase": {
    message: "`settle` gives what was really used: it reads `result`",
    help: "write `settle result.value.x`, or leave it out",
  },
  "window-long": {
    message: "a window is at most 31 days",
    help: "count over a shorter time, or leave out `over` to count since the beginning",
  },
  "window-parts": {
    message: "a window is a multiple of 60 milliseconds, and longer than nothing",
    help: "windows are kept in 60 parts: write whole seconds divisible by 3, minutes, hours or days",
  },
  "limit-phase": {
    message: "a limit is decided before the call: `result` is read in `settle` only",
    help: "reserve by the arguments with `sum`, and settle by the result",
  },
});
