// Which packages a program is made of, and circles among their imports.
import { dotted } from "../../binder/bind-module.ts";
import { nameDiagnostics as report } from "../../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { Import } from "../../syntax/ast.ts";
import type { Entry, ModuleTable, PackageTable } from "./tables.ts";

type Packages = ReadonlyMap<string, PackageTable>;

/** The package that an import names, by itself or by one of its names. */
export function importedPackage(node: Import, packages: Packages): PackageTable | undefined {
  const path = dotted(node.path);
  return packages.get(path) ?? packages.get(path.slice(0, Math.max(0, path.lastIndexOf("."))));
}

function* importsOf(table: PackageTable, packages: Packages): Generator<[Import, PackageTable]> {
  for (const module of table.modules)
    for (const node of module.bound.imports) {
      const target = importedPackage(node, packages);
      if (target !== undefined) yield [node, target];
    }
}

/** Library packages that declare a tool which a front end had to make up. */
function guessedTools(table: PackageTable, packages: Packages): readonly PackageTable[] {
  const wires = new Set(table.modules.flatMap((module) => madeUpTools(module)));
  if (wires.size === 0) return [];
  return [...packages.values()].filter(
    (each) =>
      each.std &&
      [...each.names.value.values()].some((entry) => wireNames(entry).some((name) => wires.has(name))),
  );
}

const madeUpTools = (module: ModuleTable): string[] =>
  module.bound.symbols.flatMap((symbol) =>
    symbol.node.kind === "tool" && symbol.node.inferred ? [symbol.node.wire?.value ?? symbol.name] : [],
  );

/** All names under which a declared tool can be meant. */
export const wireNames = (entry: Entry): string[] => {
  const { node, name } = entry.symbol;
  return node.kind === "tool" ? [node.wire?.value ?? name, name] : node.kind === "tools" ? [name] : [];
};

/** All packages of the project, and of the library those that they reach. */
export function reachablePackages(packages: Packages): ReadonlyMap<string, PackageTable> {
  const reached = new Set<PackageTable>();
  const queue = [...packages.values()].filter((table) => !table.std);
  for (let table = queue.pop(); table !== undefined; table = queue.pop()) {
    if (reached.has(table)) continue;
    reached.add(table);
    for (const [, target] of importsOf(table, packages)) queue.push(target);
    for (const target of guessedTools(table, packages)) queue.push(target);
  }
  return new Map([...packages].filter(([, table]) => reached.has(table)));
}

/** Reports each circle once, at the import that closes it. */
export function reportImportCycles(packages: Packages, sink: DiagnosticSink): void {
  const done = new Set<PackageTable>();
  const told = new Set<string>();
  for (const root of packages.values()) {
    // Packages on the way from the root, each with the imports that are still to be followed.
    const path: { readonly table: PackageTable; readonly imports: Generator<[Import, PackageTable]> }[] = [];
    const open = new Set<PackageTable>();
    const enter = (table: PackageTable): void => {
      if (done.has(table)) return;
      path.push({ table, imports: importsOf(table, packages) });
      open.add(table);
    };
    enter(root);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.imports.next();
      if (next.done === true) {
        path.pop();
        open.delete(last.table);
        done.add(last.table);
        continue;
      }
      const [node, target] = next.value;
      if (!open.has(target)) {
        enter(target);
        continue;
      }
      const names = path.map((each) => each.table.name);
      const circle = [...names.slice(names.indexOf(target.name)), target.name];
      const cycle = circle.map((name) => `\`${name}\``).join(" → ");
      if (!told.has(cycle)) sink.report(report["import-cycle"](node.path.span, { cycle }));
      told.add(cycle);
    }
  }
}
