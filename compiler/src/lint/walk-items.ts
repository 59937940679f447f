// The spans of everything in a module that a finding can be about as a whole: items, and the rules of policies.
import type { Module } from "../syntax/ast.ts";
import type { Span } from "../source/span.ts";

/** A policy counts by its rules only: one comment must not silence all of them. */
export function* walkItems(module: Module): Generator<Span> {
  for (const item of module.items) {
    if (item.kind === "policy") for (const rule of item.rules) yield rule.span;
    else yield item.span;
  }
}
