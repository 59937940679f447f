// Which tools a program holds: all that the project declares, of the library those that the project imports by name or with
// their package. What a library module imports for its own groups and labels widens nothing: no `*` of the project covers it.
import { wireNames } from "../names/import-graph.ts";
import type { Entry, ModuleTable, PackageTable } from "../names/tables.ts";
import { isTool } from "../names/tables.ts";
import type { ToolTable } from "./tool-table.ts";

export function collectTools(packages: ReadonlyMap<string, PackageTable>, tools: ToolTable): void {
  const modules = [...packages.values()].flatMap((table) => table.modules);
  for (const module of modules) {
    if (module.package.std) continue;
    for (const entry of module.entries) if (isTool(entry) && !isInferred(entry)) tools.declare(entry, null);
    importedTools(module, tools);
  }
  const inferred = modules.flatMap((module) => module.entries.filter(isInferred));
  // What nothing in the project declares may be a tool of the library.
  const meant = new Set(
    inferred.flatMap((entry) => wireNames(entry).slice(0, 1)).filter((wire) => !tools.declares(wire)),
  );
  for (const table of packages.values())
    if (table.std)
      for (const entry of toolsOf(table))
        if (wireNames(entry).some((name) => meant.has(name))) tools.declare(entry, null);
  for (const entry of inferred) tools.infer(entry);
  tools.finish();
}

function importedTools(module: ModuleTable, tools: ToolTable): void {
  for (const { package: from, name, node, span, on } of module.imports.values()) {
    const entry = from.names.value.get(name);
    if (entry === undefined || !isTool(entry)) continue;
    const imported = { on, span: node.on?.span ?? span };
    tools.declare(entry, from.std || on !== null ? imported : null);
  }
  for (const { package: from, span } of module.importedPackages.values())
    if (from.std) for (const each of toolsOf(from)) tools.declare(each, { on: null, span });
}

const isInferred = (entry: Entry): boolean => entry.symbol.node.kind === "tool" && entry.symbol.node.inferred;
const toolsOf = (table: PackageTable): readonly Entry[] => [...table.names.value.values()].filter(isTool);
