// Which tools a program holds: all that the project declares, of the library those that are imported by name or with their package.
import { wireNames } from "../names/import-graph.ts";
import type { Entry, ModuleTable, PackageTable } from "../names/tables.ts";
import type { ToolTable } from "./tool-table.ts";

export function collectTools(packages: ReadonlyMap<string, PackageTable>, tools: ToolTable): void {
  const modules = [...packages.values()].flatMap((table) => table.modules);
  for (const module of modules) {
    if (!module.package.std)
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
  for (const binding of module.imports.values()) {
    const { package: from, node, span } = binding;
    const entry = binding.kind === "member" ? from.names.value.get(binding.name) : undefined;
    if (entry !== undefined && isTool(entry)) {
      const imported = { on: node.on?.value ?? null, span: node.on?.span ?? span };
      tools.declare(entry, from.std || imported.on !== null ? imported : null);
    } else if (from.std) {
      // What else the package declares may be about its tools.
      for (const each of toolsOf(from)) tools.declare(each, { on: null, span });
    }
  }
}

const isTool = (entry: Entry): boolean =>
  entry.symbol.node.kind === "tool" || entry.symbol.node.kind === "tools";
const isInferred = (entry: Entry): boolean => entry.symbol.node.kind === "tool" && entry.symbol.node.inferred;
const toolsOf = (table: PackageTable): readonly Entry[] => [...table.names.value.values()].filter(isTool);
