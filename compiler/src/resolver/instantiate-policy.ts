// A policy with parameters as one `use` sees it: parameters that stand for groups and labels become names of its file.
import { dotted } from "../binder/bind-module.ts";
import type { NameSpace } from "../binder/bind-module.ts";
import { nameDiagnostics } from "../diagnostics/catalogue/name.ts";
import { typeDiagnostics } from "../diagnostics/catalogue/type.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { FieldNode, PolicyDeclaration, UsePolicy } from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";
import { qualifiedNameOf } from "../syntax/qualified-name-of.ts";
import { findQualified, isFailed } from "./names/find.ts";
import { suggest } from "./names/suggest-import.ts";
import type { Entry, ModuleTable } from "./names/tables.ts";

/** `sinks: group` and `tainted: label` stand for a declaration; any other parameter has a type and a value. */
export type ParameterKind = "group" | "label" | "value";

export function parameterKind({ type }: FieldNode): ParameterKind {
  if (type.kind !== "type-name" || type.bounds !== null) return "value";
  const name = dotted(type.name);
  return name === "group" || name === "label" ? name : "value";
}

const SPACE_OF: { readonly [Kind in "group" | "label"]: NameSpace } = { group: "group", label: "id" };

/** `module` is the policy's file, `user` that of the `use`; what names no group or label is reported and left out. */
export function instantiatePolicy(
  use: UsePolicy,
  policy: PolicyDeclaration,
  module: ModuleTable,
  user: ModuleTable,
  sink: DiagnosticSink,
): ModuleTable {
  const given = new Map<string, Entry>();
  const failed = new Set(module.failed);
  for (const [index, parameter] of policy.params.entries()) {
    const kind = parameterKind(parameter);
    if (kind === "value") continue;
    const argument = use.args[index];
    const entry =
      argument === undefined
        ? parameter.default === null
          ? undefined
          : find(parameter.default, kind, module, sink)
        : find(argument, kind, user, sink);
    if (entry === undefined) failed.add(parameter.name.text);
    else given.set(parameter.name.text, entry);
  }
  return { ...module, given, failed, usedAt: use.policy.span };
}

function find(
  argument: Expression,
  kind: "group" | "label",
  module: ModuleTable,
  sink: DiagnosticSink,
): Entry | undefined {
  const name = qualifiedNameOf(argument);
  const space = SPACE_OF[kind];
  const found = name === undefined ? undefined : findQualified(name, space, module);
  if (found?.kind === "entry" && found.entry.symbol.node.kind === kind) return found.entry;
  if (name === undefined) {
    const hint = `name a ${kind} that is declared with \`${kind}\``;
    const report = kind === "group" ? nameDiagnostics["unknown-group"] : typeDiagnostics["not-a-label"];
    sink.report(report(argument.span, { name: "this", hint }));
    return undefined;
  }
  if (found === undefined && isFailed(name, module)) return undefined;
  const { hint, extra } = suggest(dotted(name), module, {
    space,
    kinds: [kind],
    otherwise: `declare it with \`${kind}\`, or import the package that does`,
  });
  if (kind === "group")
    sink.report(nameDiagnostics["unknown-group"](argument.span, { name: dotted(name), hint }, extra));
  else sink.report(typeDiagnostics["not-a-label"](argument.span, { name: dotted(name), hint }, extra));
  return undefined;
}
