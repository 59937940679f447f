// One file as the checker sees it: names, types and selectors, resolved from where it stands.
import type { Type } from "@aegis/runtime/core";
import type { DeclaringNode, NameSpace } from "../binder/bind-module.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { Module, Selector } from "../syntax/ast.ts";
import type { QualifiedName, TypeNode } from "../syntax/expression.ts";
import { BUILTIN_DECLARATIONS } from "./builtin-declarations.ts";
import type { Declarations } from "./declare.ts";
import { findName, findPackage, findQualified, namesIn } from "./names/find.ts";
import type { ModuleTable } from "./names/tables.ts";
import { SPACES } from "./names/tables.ts";
import type { Declared, ResolvedModule } from "./resolved-program.ts";
import type { Selectors } from "./select.ts";
import { typeOf } from "./types/type-of.ts";

export class ModuleScope implements ResolvedModule {
  readonly module: Module;
  readonly package: string;
  readonly #table: ModuleTable;
  readonly #declarations: Declarations;
  readonly #selectors: Selectors;

  constructor(table: ModuleTable, declarations: Declarations, selectors: Selectors) {
    this.module = table.bound.module;
    this.package = table.package.name;
    this.#table = table;
    this.#declarations = declarations;
    this.#selectors = selectors;
  }

  lookup(name: string, space?: NameSpace): Declared | undefined {
    for (const each of space === undefined ? SPACES : [space]) {
      const found = findName(name, each, this.#table);
      const declared = found === undefined ? undefined : this.#declarations.of(found);
      if (declared !== undefined) return declared;
    }
    if (space !== undefined && space !== "value") return undefined;
    const dottedPackage = name.includes(".") ? findPackage(name, this.#table) : undefined;
    return dottedPackage === undefined
      ? BUILTIN_DECLARATIONS.get(name)
      : { kind: "package", package: dottedPackage.name };
  }

  resolve(name: QualifiedName, space?: NameSpace): Declared | undefined {
    const [only, ...rest] = name.parts;
    if (only !== undefined && rest.length === 0) return this.lookup(only.text, space);
    for (const each of space === undefined ? SPACES : [space]) {
      const found = findQualified(name, each, this.#table);
      const declared = found === undefined ? undefined : this.#declarations.of(found);
      if (declared !== undefined) return declared;
    }
    return undefined;
  }

  names(space: NameSpace, kinds?: readonly DeclaringNode["kind"][]): readonly string[] {
    return namesIn(space, this.#table, kinds);
  }

  get failures(): ReadonlySet<string> {
    return this.#table.failed;
  }

  failed(name: string): boolean {
    return this.#table.failed.has(name);
  }

  typeOf(node: TypeNode, sink: DiagnosticSink): Type {
    return typeOf(node, this.#declarations.typeNames(this.#table), sink);
  }

  expand(selector: Selector, sink: DiagnosticSink): readonly number[] {
    return this.#selectors.expand(selector, this.#table, sink);
  }
}
