// Declarations of a project whose names hold the letters of a query, in their order.
import type { Analysis, Item, Span } from "@aegis/compiler";

export interface FoundSymbol {
  readonly name: string;
  readonly kind: Item["kind"];
  readonly span: Span;
  readonly package: string;
}

const MOST = 200;

export function workspaceSymbols(analysis: Analysis, query: string): readonly FoundSymbol[] {
  const found: FoundSymbol[] = [];
  for (const module of analysis.resolved.modules) {
    if (module.module.file.startsWith("std:")) continue;
    const add = (item: Item): void => {
      const name =
        item.kind === "test" || item.kind === "property" ? item.title : "name" in item ? item.name : null;
      if (name === null || found.length >= MOST) return;
      const text = "text" in name ? name.text : name.value;
      if (text !== "" && holds(text.toLowerCase(), query.toLowerCase()))
        found.push({ name: text, kind: item.kind, span: name.span, package: module.package });
      if (item.kind === "policy") item.rules.forEach(add);
    };
    module.module.items.forEach(add);
  }
  return found;
}

function holds(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
