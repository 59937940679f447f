// Warns of imports that a file never uses. Library packages that bring rules or labels into force are used by being imported.
import { referencedNames } from "../binder/referenced-names.ts";
import { nameDiagnostics as report } from "../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { ImportBinding, ModuleTable, PackageTable } from "./names/tables.ts";

export function reportUnusedImports(module: ModuleTable, sink: DiagnosticSink): void {
  // YAML files get their imports from the front end, by what they name.
  if (module.imports.size === 0 || module.bound.module.dialect === "yaml") return;
  const used = referencedNames(module.bound.module);
  for (const [name, binding] of module.imports) {
    const [first = ""] = binding.node.path.parts.map((part) => part.text);
    if (used.names.has(name) || (binding.kind === "package" && used.names.has(first))) continue;
    if (used.everything && isTool(binding)) continue;
    if (binding.kind === "package" && binding.package.std && hasEffect(binding.package)) continue;
    sink.report(report["unused-import"](binding.span, { name }));
  }
}

const isTool = (binding: ImportBinding): boolean =>
  binding.kind === "package"
    ? [...binding.package.names.value.values()].some((entry) => entry.symbol.node.kind === "tool")
    : ["tool", "tools"].includes(binding.package.names.value.get(binding.name)?.symbol.node.kind ?? "");

const hasEffect = (table: PackageTable): boolean => table.names.id.size > 0;
