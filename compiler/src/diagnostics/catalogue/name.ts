// Diagnostics about names: packages, imports, what a name stands for, and names given twice.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const nameDiagnostics = defineDiagnostics("name", {
  "missing-package": {
    message: "this file does not say which package it belongs to",
    help: "begin the file with `package`, for example `package acme.codegen`",
  },
  "reserved-package": {
    message: "a package may not end in `{name}`",
    help: "the compiled policy needs `decision`, `visible`, `advance`, `view` and `data` as names of its own: choose another last part",
  },
  "std-package": {
    message: "`std` belongs to the standard library",
    help: "choose a package name that does not begin with `std`",
  },
  "mixed-guard": {
    message: "package `{package}` is a guard package in one file and not in another",
    help: "write `guard package` in every file of the package, or in none",
  },
  duplicate: {
    message: "`{name}` is declared twice in {where}",
    help: "rename one of the two",
  },
  "duplicate-rule": {
    message: "the id `{id}` is given twice",
    help: "rule, label, limit and exception names share one space in a package, over all its files and policies: {hint}",
  },
  reserved: {
    message: "`{name}` is part of the language and cannot be declared",
    help: "choose another name",
  },
  "unknown-package": {
    message: "there is no package `{name}`",
    help: "{hint}",
  },
  "unknown-import": {
    message: "package `{package}` declares no `{name}`",
    help: "{hint}",
  },
  private: {
    message: "`{name}` is private to package `{package}`",
    help: "names that begin with `_` are seen in their own package only",
  },
  "import-cycle": {
    message: "packages import each other in a circle: {cycle}",
    help: "move what they share into a package of its own",
  },
  "import-alias": {
    message: "`as` renames one thing, and this imports {count}",
    help: "write one import for each name that you want to rename",
  },
  "bind-not-tool": {
    message: "`on` binds a tool to its name on the wire, and `{name}` is no tool",
    help: "leave out `on`",
  },
  "unused-import": {
    severity: "warning",
    message: "`{name}` is imported and never used",
    help: "remove the import",
  },
  "unknown-type": {
    message: "there is no type `{name}`",
    help: "{hint}",
  },
  "not-a-type": {
    message: "`{name}` is a {kind}, not a type",
    help: "types are the built-in ones, enums and aliases made with `type`",
  },
  "unknown-group": {
    message: "there is no group `{name}`",
    help: "{hint}",
  },
  "unknown-policy": {
    message: "there is no policy `{name}`",
    help: "{hint}",
  },
  "policy-without-parameters": {
    message: "policy `{name}` takes no parameters and is in force already",
    help: "remove this `use`; only policies with parameters are put in force by `use`",
  },
  "use-arguments": {
    message: "policy `{name}` takes {expected}, and {given} are given here",
  },
  "unused-policy": {
    severity: "warning",
    message: "policy `{name}` has parameters and no `use` puts it in force",
    help: "write `use {name}(…)`, or remove it",
  },
  "guard-allow": {
    message: "a guard package only restricts, and `{name}` is an `allow`",
    help: "move the rule to an ordinary package",
  },
  "unknown-annotation": {
    message: "there is no annotation `@{name}`",
    help: "{hint}",
  },
  "annotation-arguments": {
    message: "`@{name}` takes {expected}",
    help: "for example {example}",
  },
});
