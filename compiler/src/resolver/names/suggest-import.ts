// "It is declared elsewhere": the import that would bring a name which a file uses without having it.
import type { DeclaringNode, NameSpace } from "../../binder/bind-module.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { namesIn } from "./find.ts";
import type { ModuleTable } from "./tables.ts";
import { isPrivate } from "./tables.ts";

export interface Wanted {
  readonly space: NameSpace;
  readonly kinds: readonly DeclaringNode["kind"][];
  /** Said when nothing is near. */
  readonly otherwise: string;
  /** Other names that would do. */
  readonly more?: Iterable<string>;
}

export interface Suggestion {
  readonly hint: string;
  readonly extra: Pick<Diagnostic, "fixes">;
}

/** The import that brings exactly this name, else the nearest name at hand. */
export function suggest(name: string, module: ModuleTable, wanted: Wanted): Suggestion {
  const statement = importOf(name, module, wanted);
  if (statement === undefined) {
    const names = [...namesIn(wanted.space, module, wanted.kinds), ...(wanted.more ?? [])];
    return { hint: didYouMean(name, names, wanted.otherwise), extra: {} };
  }
  const header = module.bound.module.package;
  if (header === null || module.bound.module.dialect !== "aegis")
    return { hint: `\`${statement}\` brings it`, extra: {} };
  const span = { ...header.span, start: header.span.end };
  const fix = { title: `add \`${statement}\``, edits: [{ span, newText: `\n${statement}` }] };
  return { hint: `\`${statement}\` brings it`, extra: { fixes: [fix] } };
}

function importOf(name: string, module: ModuleTable, { space, kinds }: Wanted): string | undefined {
  if (name.includes(".") || isPrivate(name)) return undefined;
  for (const table of module.package.all.values()) {
    const entry = table.names[space].get(name);
    const made = entry?.symbol.node.kind === "tool" && entry.symbol.node.inferred;
    if (entry === undefined || made || table === module.package || table.name === "") continue;
    if (kinds.includes(entry.symbol.node.kind)) return `import ${table.name}.{${name}}`;
  }
  return undefined;
}
