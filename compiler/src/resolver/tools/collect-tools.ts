// Which tools a program holds: all that the project declares, of the library those that are imported by name or with their package.
import { wireNames } from "../names/import-graph.ts";
import type { Entry, ModuleTable, PackageTable } from "../names/tables.ts";
import type { ToolTable } from "./tool-table.ts";

export function collectTools(packages: ReadonlyMap<string, PackageTable>, tools: ToolTable): void {
  const inferred: Entry[] = [];
  for (const table of packages.values()) {
    for (const entry of toolsOf(table)) {
      if (isInferred(entry)) inferred.push(entry);
      else if (!table.std) tools.declare(entry, null);
    }
    for (const module of table.modules) importedTools(module, tools);
  }
  const meant = new Set(inferred.map((entry) => wireNames(entry)[0]));
  for (const table of packages.values())
    if (table.std)
      for (const entry of toolsOf(table))
        if (wireNames(entry).some((name) => meant.has(name))) tools.declare(entry, null);
  for (const entry of inferred) tools.infer(entry);
  tools.finish();
}

function importedTools(module: ModuleTable, tools: ToolTable): void {
  for (const binding of module.imports.values()) {
    const { package: from, node } = binding;
    const entry = binding.kind === "member" ? from.names.value.get(binding.name) : undefined;
    if (entry !== undefined && isTool(entry)) {
      const on = node.on === null ? null : { wire: node.on.value, span: node.on.span };
      tools.declare(entry, on);
    } else if (from.std) {
      // What else the package declares may be about its tools.
      for (const each of toolsOf(from)) tools.declare(each, null);
    }
  }
}

const isTool = (entry: Entry): boolean =>
  entry.symbol.node.kind === "tool" || entry.symbol.node.kind === "tools";
const isInferred = (entry: Entry): boolean => entry.symbol.node.kind === "tool" && entry.symbol.node.inferred;
const toolsOf = (table: PackageTable): readonly Entry[] => [...table.names.value.values()].filter(isTool);
