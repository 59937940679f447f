// Binds the imports of a file: whole packages, names of packages, tools under another wire name.
import { dotted } from "../../binder/bind-module.ts";
import { nameDiagnostics as report } from "../../diagnostics/catalogue/name.ts";
import { closestName, didYouMean } from "../../diagnostics/closest-name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { Import } from "../../syntax/ast.ts";
import type { Name } from "../../syntax/expression.ts";
import type { ImportBinding, ModuleTable, PackageTable } from "./tables.ts";
import { isPrivate, isTool, SPACES } from "./tables.ts";

type Packages = ReadonlyMap<string, PackageTable>;

/** `packages`: all that there are; what a file of the program imports is part of the program. */
export function bindImports(module: ModuleTable, packages: Packages, sink: DiagnosticSink): void {
  for (const node of module.bound.imports) bindImport(node, module, packages, sink);
}

function bindImport(node: Import, module: ModuleTable, packages: Packages, sink: DiagnosticSink): void {
  const path = dotted(node.path);
  if (node.path.parts.some((part) => part.text === "")) return;
  const whole = packages.get(path);
  if (node.names !== null) {
    if (whole === undefined) return unknownPackage(node, module, packages, sink);
    return bindNames(node, node.names, whole, module, sink);
  }
  const last = node.path.parts.at(-1);
  if (last === undefined) return;
  if (whole !== undefined) {
    if (node.on !== null) sink.report(report["bind-not-tool"](node.on.span, { name: path }));
    module.packages.set(path, whole);
    const name = node.alias ?? last;
    return bind(name, { kind: "package", package: whole, node, span: name.span }, module, sink);
  }
  // `import std.tools.git`: the last part is a name of the package before it.
  const owner = packages.get(path.slice(0, Math.max(0, path.length - last.text.length - 1)));
  if (owner === undefined) return unknownPackage(node, module, packages, sink);
  bindNames(node, [last], owner, module, sink);
}

function bindNames(
  node: Import,
  names: readonly Name[],
  from: PackageTable,
  module: ModuleTable,
  sink: DiagnosticSink,
): void {
  if (names.length !== 1 && node.alias !== null)
    sink.report(report["import-alias"](node.alias.span, { count: names.length }));
  for (const name of names) {
    if (name.text === "") continue;
    if (isPrivate(name.text)) {
      sink.report(report.private(name.span, { name: name.text, package: from.name }));
      module.failed.add((node.alias ?? name).text);
      continue;
    }
    if (!SPACES.some((space) => from.names[space].has(name.text))) {
      const known = SPACES.flatMap((space) => [...from.names[space].keys()]).filter(
        (each) => !isPrivate(each),
      );
      const hint = didYouMean(name.text, known, `the package is \`${from.name}\`; see what it declares`);
      sink.report(report["unknown-import"](name.span, { name: name.text, package: from.name, hint }));
      module.failed.add((node.alias ?? name).text);
      // What was meant is used below, and is no second mistake.
      const meant = closestName(name.text, known);
      if (meant !== undefined) module.failed.add(meant);
      continue;
    }
    const kind = from.names.value.get(name.text)?.symbol.node.kind;
    if (node.on !== null && kind !== "tool" && kind !== "tools")
      sink.report(report["bind-not-tool"](node.on.span, { name: name.text }));
    const local = names.length === 1 && node.alias !== null ? node.alias : name;
    const on = node.on?.value ?? null;
    bind(local, { kind: "member", package: from, name: name.text, on, node, span: local.span }, module, sink);
  }
}

function bind(name: Name, binding: ImportBinding, module: ModuleTable, sink: DiagnosticSink): void {
  const own = clashing(name.text, binding, module);
  const earlier = own ?? importedBefore(name.text, binding, module);
  if (earlier !== undefined) {
    const where = own === undefined ? "this file" : `package \`${module.package.name}\``;
    sink.report(
      report.duplicate(
        name.span,
        { name: name.text, where },
        { related: [{ span: earlier, message: "first here" }] },
      ),
    );
    if (own === undefined) return;
  }
  if (binding.kind === "package") module.importedPackages.set(name.text, binding);
  else module.imports.set(name.text, binding);
}

/** A declaration of the file's own package that the imported name would hide. */
function clashing(name: string, binding: ImportBinding, module: ModuleTable) {
  const spaces =
    binding.kind === "package"
      ? (["value"] as const)
      : SPACES.filter((space) => binding.package.names[space].has(binding.name));
  const own = spaces
    .map((space) => module.package.names[space].get(name))
    .find((entry) => entry !== undefined && !(binding.kind === "package" && isTool(entry)));
  return own?.symbol.span;
}

/** Where an import has taken the name. A package and a tool may share one: `git.x` is the package's, `git.push` in a selector the tool's. */
function importedBefore(name: string, binding: ImportBinding, module: ModuleTable) {
  const member = module.imports.get(name);
  const whole = module.importedPackages.get(name);
  const [same, other] = binding.kind === "package" ? [whole, member] : [member, whole];
  const tool = binding.kind === "package" ? member : binding;
  const shared = tool !== undefined && isTool(tool.package.names.value.get(tool.name));
  return same?.span ?? (shared ? undefined : other?.span);
}

function unknownPackage(node: Import, module: ModuleTable, packages: Packages, sink: DiagnosticSink): void {
  const path = dotted(node.path);
  const known = [...packages.keys()].filter((name) => name !== "");
  const hint = didYouMean(
    path,
    known,
    "packages are those of the project's files and of the standard library (`std.…`)",
  );
  sink.report(report["unknown-package"](node.path.span, { name: path, hint }));
  const [first] = node.path.parts;
  const last = node.alias ?? node.path.parts.at(-1);
  for (const name of node.names ?? [first, last]) if (name !== undefined) module.failed.add(name.text);
  // What was meant is used below, and is no second mistake.
  const meant = closestName(path, known)?.split(".").at(-1);
  if (meant !== undefined && node.names === null) module.failed.add(meant);
}
