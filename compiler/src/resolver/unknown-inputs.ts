// Values that the project gives for names that a package does not declare: a misspelt parameter would keep its default silently.
import { declarationDiagnostics as report } from "../diagnostics/catalogue/declaration.ts";
import { didYouMean } from "../diagnostics/closest-name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { PackageTable } from "./names/tables.ts";
import type { ProjectInputs } from "./resolved-program.ts";

/** Told at the package's header; values for packages that are not part of the program are for others. */
export function reportUnknownInputs(
  packages: ReadonlyMap<string, PackageTable>,
  inputs: ProjectInputs,
  sink: DiagnosticSink,
): void {
  for (const what of ["data", "param"] as const) {
    for (const name of (what === "data" ? inputs.data : inputs.params).keys()) {
      const dot = name.lastIndexOf(".");
      const table = packages.get(name.slice(0, Math.max(0, dot)));
      const header = table?.modules[0]?.bound.module.package;
      if (table === undefined || header === undefined || header === null) continue;
      if (table.names.value.get(name.slice(dot + 1))?.symbol.node.kind === what) continue;
      const known = [...table.names.value.values()].filter((entry) => entry.symbol.node.kind === what);
      const names = known.map((entry) => entry.symbol.name);
      const nearest = didYouMean(name.slice(dot + 1), names, `remove it, or declare it with \`${what}\``);
      sink.report(report["unknown-input"](header.span, { what, name, package: table.name, hint: nearest }));
    }
  }
}
