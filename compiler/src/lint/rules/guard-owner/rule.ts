// A floor for everybody needs somebody to ask.
import { defineLintRule } from "../../define-lint-rule.ts";

const isOwner = (each: { readonly name: { readonly text: string } }): boolean => each.name.text === "owner";

export const guardOwner = defineLintRule(
  "guard-owner",
  {
    doc: "A guard package without an owner to ask.",
    severity: "warning",
    message: "`{name}` is part of a guard package, and nobody answers for it",
    help: 'write `@owner("team")` before it, or before its policy',
  },
  function* ({ modules }, finding) {
    for (const { guard, items } of modules) {
      if (!guard) continue;
      for (const item of items) {
        const owned = item.annotations.some(isOwner);
        const rules = item.kind === "policy" ? item.rules : item.kind === "rule" ? [item] : [];
        for (const rule of rules)
          if (!owned && !rule.annotations.some(isOwner))
            yield finding(rule.name.span, { name: rule.name.text });
      }
    }
  },
);
