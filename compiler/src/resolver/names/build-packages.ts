// Groups bound files into packages and enters their names; reports what a package may not be called and names given twice.
import { compareUtf8 } from "@aegis/runtime/core";
import type { BoundModule, BoundSymbol } from "../../binder/bind-module.ts";
import { nameDiagnostics as report } from "../../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import { isReservedName } from "./reserved-names.ts";
import type { Entry, ModuleTable, PackageTable } from "./tables.ts";
import { isStdFile, isStdPackage } from "./tables.ts";

/** The compiled package needs these for itself. */
const RESERVED_SEGMENTS: ReadonlySet<string> = new Set(["decision", "visible", "advance", "view", "data"]);

/** In the order of names; a file without a package gets an empty one of its own name. */
export function buildPackages(
  modules: readonly BoundModule[],
  sink: DiagnosticSink,
): ReadonlyMap<string, PackageTable> {
  const groups = new Map<string, BoundModule[]>();
  for (const module of modules) {
    const key = isForeign(module) ? `${module.package} of the project` : module.package;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [module]);
    else group.push(module);
  }
  const packages = new Map<string, PackageTable>();
  for (const [key, group] of [...groups].sort(([a], [b]) => compareUtf8(a, b)))
    packages.set(key, buildPackage(group[0]?.package ?? key, group, packages, sink));
  return packages;
}

/** Calls itself a package of the library and is none: its names are no second mistake beside the library's own. */
const isForeign = (bound: BoundModule): boolean =>
  isStdPackage(bound.package) && !isStdFile(bound.module.file);

function buildPackage(
  name: string,
  group: readonly BoundModule[],
  all: ReadonlyMap<string, PackageTable>,
  sink: DiagnosticSink,
): PackageTable {
  const modules: ModuleTable[] = [];
  const table: PackageTable = {
    name,
    guard: group.some((each) => each.module.guard),
    std: group.every((each) => isStdFile(each.module.file)),
    modules,
    all,
    names: { value: new Map(), id: new Map(), group: new Map(), policy: new Map() },
  };
  for (const bound of group) {
    const module: ModuleTable = {
      bound,
      package: table,
      entries: [],
      imports: new Map(),
      importedPackages: new Map(),
      failed: new Set(),
      packages: new Map(),
      given: new Map(),
      usedAt: null,
    };
    modules.push(module);
    checkHeader(bound, table, sink);
    for (const symbol of bound.symbols) {
      const entry = { symbol, module };
      module.entries.push(entry);
      enter(entry, table, sink);
    }
  }
  return table;
}

function checkHeader(bound: BoundModule, table: PackageTable, sink: DiagnosticSink): void {
  const { module } = bound;
  const written = module.package;
  if (written === null || written.parts.some((part) => part.text === "")) {
    if (written === null) sink.report(report["missing-package"](headOf(module.span)));
    return;
  }
  const last = written.parts.at(-1);
  if (last !== undefined && RESERVED_SEGMENTS.has(last.text))
    sink.report(report["reserved-package"](last.span, { name: last.text }));
  if (isForeign(bound)) sink.report(report["std-package"](written.span));
  if (module.guard !== table.guard) sink.report(report["mixed-guard"](written.span, { package: table.name }));
}

const headOf = (span: Span): Span => ({ ...span, end: Math.min(span.end, span.start + 1) });

function enter(entry: Entry, table: PackageTable, sink: DiagnosticSink): void {
  const { symbol } = entry;
  if (symbol.spaces.includes("value") && isReservedName(symbol.name)) {
    sink.report(report.reserved(symbol.span, { name: symbol.name }));
    return;
  }
  const taken = symbol.spaces.find((space) => table.names[space].has(symbol.name));
  const earlier = taken === undefined ? undefined : table.names[taken].get(symbol.name);
  if (earlier !== undefined && !mayRepeat(symbol, earlier.symbol)) {
    const extra = { related: [{ span: earlier.symbol.span, message: "first here" }] };
    sink.report(
      taken === "id"
        ? report["duplicate-rule"](
            symbol.span,
            { id: `${table.name}.${symbol.name}`, hint: "rename one of the two" },
            extra,
          )
        : report.duplicate(symbol.span, { name: symbol.name, where: `package \`${table.name}\`` }, extra),
    );
  }
  for (const space of symbol.spaces) {
    const names = table.names[space];
    if (!names.has(symbol.name)) names.set(symbol.name, entry);
  }
}

/** Files that a front end made tools up for may name the same undeclared tool. */
const mayRepeat = (a: BoundSymbol, b: BoundSymbol): boolean =>
  a.node.kind === "tool" && b.node.kind === "tool" && a.node.inferred && b.node.inferred;
