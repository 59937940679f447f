// Warns of imports that a file never uses. Library packages that bring rules or labels into force are used by being imported.
import { referencedNames } from "../binder/referenced-names.ts";
import { nameDiagnostics as report } from "../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { ImportBinding, ModuleTable, PackageTable } from "./names/tables.ts";
import { isTool } from "./names/tables.ts";

export function reportUnusedImports(module: ModuleTable, sink: DiagnosticSink): void {
  // YAML files get their imports from the front end, by what they name.
  if (module.bound.imports.length === 0 || module.bound.module.dialect === "yaml") return;
  const used = referencedNames(module.bound.module);
  // Groups and labels of the library hold the tools that the project imports: for them alone an import counts.
  const grouped = [...module.importedPackages.values()].some(
    ({ package: table }) => table.std && table.names.group.size > 0,
  );
  for (const [name, binding] of [...module.imports, ...module.importedPackages]) {
    const [first = ""] = binding.node.path.parts.map((part) => part.text);
    if (used.names.has(name) || (binding.kind === "package" && used.names.has(first))) continue;
    if ((used.everything || grouped) && bringsTools(binding)) continue;
    if (binding.kind === "package" && binding.package.std && hasEffect(binding.package)) continue;
    sink.report(report["unused-import"](binding.span, { name }));
  }
}

const bringsTools = (binding: ImportBinding): boolean =>
  binding.kind === "package"
    ? [...binding.package.names.value.values()].some(isTool)
    : isTool(binding.package.names.value.get(binding.name));

const hasEffect = (table: PackageTable): boolean => table.names.id.size > 0;
