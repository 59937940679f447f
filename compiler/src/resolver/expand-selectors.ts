// Expands every selector of a file, so that mistakes in them are told whether or not something asks for them.
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Item, PolicyDeclaration, Selector } from "../syntax/ast.ts";
import { parameterKind } from "./instantiate-policy.ts";
import type { ResolvedModule } from "./resolved-program.ts";

export function expandSelectors(module: ResolvedModule, sink: DiagnosticSink): void {
  for (const item of module.module.items)
    if (item.kind !== "policy") for (const selector of selectorsOf(item)) module.expand(selector, sink);
    // What a parameter stands for only a `use` tells.
    else if (!item.params.some((each) => parameterKind(each) === "group"))
      for (const rule of item.rules) module.expand(rule.selector, sink);
}

function selectorsOf(item: Exclude<Item, PolicyDeclaration>): readonly Selector[] {
  switch (item.kind) {
    case "group":
    case "limit":
    case "rule":
    case "property":
      return [item.selector];
    case "label":
      // On approvals and denials a name may stand for a rule: the checker knows.
      return item.transitions
        .filter((each) => each.on === "call" || each.on === "result")
        .map((each) => each.selector);
    case "test":
      return item.items.filter((each) => each.kind === "visibility").map((each) => each.selector);
    default:
      return [];
  }
}
