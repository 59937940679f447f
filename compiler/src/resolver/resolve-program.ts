// Resolves a program: all files of a project and what they use of the library, into one set of names, types and actions.
import { compareUtf8 } from "@aegis/runtime/core";
import { bindModule } from "../binder/bind-module.ts";
import type { DeclaringNode } from "../binder/bind-module.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Module } from "../syntax/ast.ts";
import { checkAnnotations } from "./annotations.ts";
import { collectRules } from "./collect-rules.ts";
import { Declarations } from "./declare.ts";
import { expandSelectors } from "./expand-selectors.ts";
import { mergeAttributes } from "./merge-attributes.ts";
import { ModuleScope } from "./module-scope.ts";
import { bindImports } from "./names/bind-imports.ts";
import { buildPackages } from "./names/build-packages.ts";
import { reachablePackages, reportImportCycles } from "./names/import-graph.ts";
import type { ModuleTable } from "./names/tables.ts";
import { SPACES } from "./names/tables.ts";
import type { ProjectInputs, ResolvedProgram } from "./resolved-program.ts";
import { Selectors } from "./select.ts";
import { collectTools } from "./tools/collect-tools.ts";
import { declaredActions } from "./tools/declared-actions.ts";
import { manifestActions } from "./tools/manifest-actions.ts";
import { ToolTable } from "./tools/tool-table.ts";
import { reportUnknownInputs } from "./unknown-inputs.ts";
import { reportUnusedImports } from "./unused-imports.ts";

/** Declarations that stand for nothing but themselves: there is nothing to turn them into. */
const PLAIN: ReadonlySet<DeclaringNode["kind"]> = new Set<DeclaringNode["kind"]>([
  "const",
  "fn",
  "group",
  "label",
  "limit",
  "policy",
  "rule",
  "exception",
]);

/**
 * `modules` are the files of the project and of the library (those are called `std:<name>`); of the library only what
 * imports reach becomes part of the program. The result is usable, if incomplete, when there are errors.
 */
export function resolveProgram(
  modules: readonly Module[],
  inputs: ProjectInputs,
): { readonly program: ResolvedProgram; readonly diagnostics: readonly Diagnostic[] } {
  const sink = new DiagnosticList();
  const bound = modules.map(bindModule).sort((a, b) => compareUtf8(a.module.file, b.module.file));
  const known = buildPackages(bound, sink);
  const packages = reachablePackages(known);
  const tables: readonly ModuleTable[] = [...packages.values()].flatMap((table) => table.modules);
  for (const table of tables) bindImports(table, known, sink);
  reportImportCycles(packages, sink);

  const tools: ToolTable = new ToolTable((entry) => {
    const names = declarations.typeNames(entry.module);
    const { node } = entry.symbol;
    if (node.kind === "tool") return declaredActions(node, names, sink);
    return node.kind === "tools" ? manifestActions(node, inputs, names, sink) : null;
  }, sink);
  const declarations = new Declarations(inputs, (entry, on) => tools.tool(entry, on), sink);
  collectTools(packages, tools);

  const selectors = new Selectors(declarations, tools, inputs.lockedActions);
  const scopes = new Map(tables.map((table) => [table, new ModuleScope(table, declarations, selectors)]));
  for (const table of packages.values())
    for (const space of SPACES)
      for (const entry of table.names[space].values())
        if (!PLAIN.has(entry.symbol.node.kind)) declarations.of({ kind: "entry", entry, on: null });
  reportUnknownInputs(packages, inputs, sink);
  for (const [table, scope] of scopes) {
    expandSelectors(scope, sink);
    checkAnnotations(scope.module, sink);
    reportUnusedImports(table, sink);
  }
  const scopeOf = (table: ModuleTable): ModuleScope => {
    const known = scopes.get(table);
    if (known !== undefined) return known;
    const scope = new ModuleScope(table, declarations, selectors);
    scopes.set(table, scope);
    return scope;
  };
  const typeNames = (table: ModuleTable) => declarations.typeNames(table);
  const written = [...scopes.values()];
  const program: ResolvedProgram = {
    modules: written,
    packages: [...packages.values()].map(({ name, guard }) => ({ name, guard })),
    agent: mergeAttributes("agent", tables, typeNames, sink),
    context: mergeAttributes("context", tables, typeNames, sink),
    actions: tools.actions,
    rules: collectRules(tables, sink).map(({ id, module, node, policy, use, useModule }) => ({
      id,
      module: scopeOf(module),
      node,
      policy,
      use,
      useModule: useModule === null ? null : scopeOf(useModule),
    })),
    inputs,
  };
  return { program, diagnostics: sink.items };
}
