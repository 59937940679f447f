// The names of a program: packages with what they declare, files with what they import.
import type { BoundModule, BoundSymbol, NameSpace } from "../../binder/bind-module.ts";
import type { Span } from "../../source/span.ts";
import type { Import } from "../../syntax/ast.ts";

/** A declaration and where it stands. */
export interface Entry {
  readonly symbol: BoundSymbol;
  readonly module: ModuleTable;
}

export interface PackageTable {
  readonly name: string;
  readonly guard: boolean;
  /** Of the standard library. */
  readonly std: boolean;
  readonly modules: readonly ModuleTable[];
  /** All packages that were given, this one and those that the program does not hold included: for did-you-mean. */
  readonly all: ReadonlyMap<string, PackageTable>;
  readonly names: { readonly [Space in NameSpace]: Map<string, Entry> };
}

export interface ModuleTable {
  readonly bound: BoundModule;
  readonly package: PackageTable;
  /** What the file declares, names that are taken already included. */
  readonly entries: Entry[];
  /** Names of packages, by the name used in the file. */
  readonly imports: Map<string, MemberBinding>;
  /** Whole packages, by the name used in the file: one may be called as a tool is, as only what follows tells them apart. */
  readonly importedPackages: Map<string, PackageBinding>;
  /** Names that imports failed to bring: using them is no second mistake. */
  readonly failed: Set<string>;
  /** Imported packages by their full name. */
  readonly packages: Map<string, PackageTable>;
  /** Groups and labels that a `use` gives for parameters of a policy, by the parameter's name. */
  readonly given: ReadonlyMap<string, Entry>;
  /** The `use` that sees the file so; null for the file itself. */
  readonly usedAt: Span | null;
}

interface Binding {
  readonly package: PackageTable;
  readonly node: Import;
  readonly span: Span;
}
export interface PackageBinding extends Binding {
  readonly kind: "package";
}
export interface MemberBinding extends Binding {
  readonly kind: "member";
  readonly name: string;
  /** The wire name that the imported tool is bound to. */
  readonly on: string | null;
}
export type ImportBinding = PackageBinding | MemberBinding;

/** `_name` is seen in its own package only. */
export const isPrivate = (name: string): boolean => name.startsWith("_");
/** Files of the standard library are called `std:<module>`. */
export const isStdFile = (file: string): boolean => file.startsWith("std:");
export const isStdPackage = (name: string): boolean => name === "std" || name.startsWith("std.");

export const SPACES: readonly NameSpace[] = ["value", "id", "group", "policy"];

/** A declaration with actions, which selectors name. */
export const isTool = (entry: Entry | undefined): boolean =>
  entry?.symbol.node.kind === "tool" || entry?.symbol.node.kind === "tools";
