// Looks names up from inside a file: its imports, its package, and packages that it imports by dotted name.
import type { DeclaringNode, NameSpace } from "../../binder/bind-module.ts";
import type { QualifiedName } from "../../syntax/expression.ts";
import type { Entry, ModuleTable, PackageTable } from "./tables.ts";
import { isPrivate } from "./tables.ts";

export type Found =
  | { readonly kind: "entry"; readonly entry: Entry; readonly on: string | null }
  | { readonly kind: "package"; readonly package: PackageTable };

/** A name without dots, in one space. */
export function findName(name: string, space: NameSpace, module: ModuleTable): Found | undefined {
  const given = module.given.get(name);
  if (given?.symbol.spaces.includes(space) === true) return { kind: "entry", entry: given, on: null };
  const binding = module.imports.get(name);
  const imported = binding?.package.names[space].get(binding.name);
  if (binding !== undefined && imported !== undefined)
    return { kind: "entry", entry: imported, on: binding.on };
  const own = module.package.names[space].get(name);
  if (own !== undefined) return { kind: "entry", entry: own, on: null };
  const whole = space === "value" ? module.importedPackages.get(name) : undefined;
  return whole === undefined ? undefined : { kind: "package", package: whole.package };
}

/** A package by the name it is imported under, in dotted form too, or the file's own. */
export function findPackage(name: string, module: ModuleTable): PackageTable | undefined {
  const binding = module.importedPackages.get(name);
  if (binding !== undefined) return binding.package;
  if (name === module.package.name) return module.package;
  return module.packages.get(name);
}

/** A dotted name, in one space; private names of other packages are not found. */
export function findQualified(name: QualifiedName, space: NameSpace, module: ModuleTable): Found | undefined {
  const parts = name.parts.map((part) => part.text);
  if (parts.length === 1) return findName(parts[0] ?? "", space, module);
  const whole = space === "value" ? findPackage(parts.join("."), module) : undefined;
  if (whole !== undefined) return { kind: "package", package: whole };
  const owner = findPackage(parts.slice(0, -1).join("."), module);
  const last = parts.at(-1) ?? "";
  if (owner === undefined || (isPrivate(last) && owner !== module.package)) return undefined;
  const entry = owner.names[space].get(last);
  return entry === undefined ? undefined : { kind: "entry", entry, on: null };
}

/** Names that can be written in the file, in one space: for did-you-mean. */
export function namesIn(
  space: NameSpace,
  module: ModuleTable,
  kinds: readonly DeclaringNode["kind"][] | null = null,
): string[] {
  const wanted = (entry: Entry | undefined): boolean =>
    entry !== undefined && (kinds === null || kinds.includes(entry.symbol.node.kind));
  const names: string[] = [];
  for (const [name, entry] of module.package.names[space]) if (wanted(entry)) names.push(name);
  for (const [name, binding] of module.imports)
    if (wanted(binding.package.names[space].get(binding.name))) names.push(name);
  for (const [name, binding] of module.importedPackages)
    for (const [member, entry] of binding.package.names[space])
      if (!isPrivate(member) && wanted(entry)) names.push(`${name}.${member}`);
  return names;
}

/** True when the name would come from an import that failed, which was reported. */
export const isFailed = (name: QualifiedName, module: ModuleTable): boolean =>
  module.failed.has(name.parts[0]?.text ?? "");
