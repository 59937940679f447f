// Actions of a `tool` declaration.
import { JSON_TYPE } from "@aegis/runtime/core";
import { nameDiagnostics } from "../../diagnostics/catalogue/name.ts";
import { toolDiagnostics as report } from "../../diagnostics/catalogue/tools.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import { foldName } from "../../manifests/index.ts";
import type { ActionNode, Annotation, ToolDeclaration } from "../../syntax/ast.ts";
import type { TypeNames } from "../types/type-of.ts";
import { fieldsOf, typeOf } from "../types/type-of.ts";
import type { ActionInstance } from "./tool-instance.ts";

export function declaredActions(
  tool: ToolDeclaration,
  names: TypeNames,
  sink: DiagnosticSink,
): ActionInstance[] {
  const actions = new Map<string, ActionInstance>();
  const wires = new Map<string, ActionInstance>();
  for (const node of tool.actions) {
    if (node.name.text === "") continue;
    const action = declaredAction(node, names, sink);
    const same = actions.get(action.name);
    const folded = foldName(action.wire);
    const alike = wires.get(folded);
    if (same !== undefined) {
      const where = `tool \`${tool.name.text}\``;
      sink.report(nameDiagnostics.duplicate(node.name.span, { name: action.name, where }, related(same)));
      continue;
    }
    if (alike !== undefined) {
      const span = node.wire?.span ?? node.name.span;
      sink.report(
        alike.wire === action.wire
          ? report["duplicate-action"](span, { tool: tool.name.text, name: action.wire }, related(alike))
          : report["confusable-name"](span, { name: action.wire, other: alike.wire }, related(alike)),
      );
      continue;
    }
    actions.set(action.name, action);
    wires.set(folded, action);
  }
  return [...actions.values()];
}

const related = (earlier: ActionInstance) => ({
  related: [{ span: earlier.declaredAt, message: "first here" }],
});

function declaredAction(node: ActionNode, names: TypeNames, sink: DiagnosticSink): ActionInstance {
  if (node.wire?.value === "") sink.report(report["empty-wire-name"](node.wire.span));
  return {
    name: node.name.text,
    wire: node.wire?.value ?? node.name.text,
    params: fieldsOf(node.params, names, sink),
    open: node.open,
    result: node.result === null ? JSON_TYPE : typeOf(node.result, names, sink),
    doc: node.doc,
    declaredAt: node.name.span,
    annotations: annotationRecord(node.annotations),
    node,
  };
}

/** `@read_only` is true, `@owner("x")` its first argument. */
const annotationRecord = (annotations: readonly Annotation[]): Readonly<Record<string, string | boolean>> =>
  Object.fromEntries(
    annotations.map((each) => {
      const first = each.args[0]?.value;
      return [each.name.text, first === undefined ? true : "value" in first ? first.value : first.kind];
    }),
  );
