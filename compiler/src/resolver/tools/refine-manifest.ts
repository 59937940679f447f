// Merges the refinements of `tools "…" as x { … }` into the actions of the manifest: they only narrow.
import type { Field, Type } from "@aegis/runtime/core";
import { optional, printType, required } from "@aegis/runtime/core";
import { nameDiagnostics } from "../../diagnostics/catalogue/name.ts";
import { toolDiagnostics as report } from "../../diagnostics/catalogue/tools.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { Refinement, ToolsImport } from "../../syntax/ast.ts";
import type { FieldNodeRef, TypeNode } from "../../syntax/expression.ts";
import { narrows } from "../types/narrows.ts";
import type { TypeNames } from "../types/type-of.ts";
import { typeOf } from "../types/type-of.ts";
import type { ActionInstance } from "./tool-instance.ts";

interface Draft {
  readonly action: ActionInstance;
  readonly params: Map<string, Field>;
  /** Fields that the action's own refinement settles: `*` leaves them alone. */
  readonly settled: Set<string>;
  open: boolean;
  result: Type;
  resultSettled: boolean;
}

export function refineManifest(
  node: ToolsImport,
  actions: readonly ActionInstance[],
  names: TypeNames,
  sink: DiagnosticSink,
): ActionInstance[] {
  const drafts = new Map<string, Draft>(
    actions.map((action) => [
      action.name,
      {
        action,
        params: new Map(action.params.map((field) => [field.name, field])),
        settled: new Set<string>(),
        open: action.open,
        result: action.result,
        resultSettled: false,
      },
    ]),
  );
  const seen = new Set<string>();
  // An action's own refinement comes before `*`, wherever it is written.
  for (const refinement of node.refinements) {
    if (refinement.action !== null && !isRepeated(refinement, seen, sink))
      refineAction(refinement, refinement.action.text, drafts, node, names, sink);
  }
  for (const refinement of node.refinements) {
    if (refinement.action === null && !isRepeated(refinement, seen, sink))
      refineEvery(refinement, drafts, node, names, sink);
  }
  return [...drafts.values()].map((draft) => ({
    ...draft.action,
    params: [...draft.params.values()],
    open: draft.open,
    result: draft.result,
  }));
}

function isRepeated(refinement: Refinement, seen: Set<string>, sink: DiagnosticSink): boolean {
  const name = refinement.action?.text ?? "*";
  if (name === "") return true;
  if (!seen.has(name)) {
    seen.add(name);
    return false;
  }
  const span = refinement.action?.span ?? refinement.span;
  sink.report(report["duplicate-refinement"](span, { name }));
  return true;
}

function refineAction(
  refinement: Refinement,
  name: string,
  drafts: ReadonlyMap<string, Draft>,
  node: ToolsImport,
  names: TypeNames,
  sink: DiagnosticSink,
): void {
  const draft = drafts.get(name);
  const span = refinement.action?.span ?? refinement.span;
  if (draft === undefined) {
    const hint = didYouMean(name, drafts.keys(), "see the `name` of each tool in the manifest");
    sink.report(report["unknown-refined-action"](span, { tool: node.name.text, name, hint }));
    return;
  }
  for (const field of fieldsOnce(refinement, sink)) {
    const wide = draft.params.get(field.name.text);
    draft.settled.add(field.name.text);
    if (wide === undefined) {
      const hint = didYouMean(field.name.text, draft.params.keys(), "see its `inputSchema` in the manifest");
      sink.report(
        report["unknown-refined-field"](field.name.span, { action: name, name: field.name.text, hint }),
      );
      continue;
    }
    draft.params.set(wide.name, refineField(wide, field, typeOf(field.type, names, sink), sink, true));
  }
  if (refinement.open) open(draft, span, name, sink);
  if (refinement.result !== null) {
    refineResult(draft, refinement.result, typeOf(refinement.result, names, sink), sink);
    draft.resultSettled = true;
  }
}

function refineEvery(
  refinement: Refinement,
  drafts: ReadonlyMap<string, Draft>,
  node: ToolsImport,
  names: TypeNames,
  sink: DiagnosticSink,
): void {
  for (const field of fieldsOnce(refinement, sink)) {
    const type = typeOf(field.type, names, sink);
    const having = [...drafts.values()].filter((draft) => draft.params.has(field.name.text));
    if (having.length === 0) {
      const known = [...drafts.values()].flatMap((draft) => [...draft.params.keys()]);
      const hint = didYouMean(field.name.text, known, "see the `inputSchema` of each tool in the manifest");
      sink.report(
        report["refines-nothing"](field.name.span, { tool: node.name.text, name: field.name.text, hint }),
      );
    }
    let first = true;
    for (const draft of having) {
      const wide = draft.params.get(field.name.text);
      if (wide === undefined || draft.settled.has(field.name.text)) continue;
      draft.params.set(wide.name, refineField(wide, field, type, sink, first));
      first = false;
    }
  }
  if (refinement.open) {
    for (const draft of drafts.values()) draft.open = true;
    sink.report(report.opened(refinement.span, { name: `${node.name.text}.*` }));
  }
  if (refinement.result !== null) {
    const type = typeOf(refinement.result, names, sink);
    for (const draft of drafts.values())
      if (!draft.resultSettled) refineResult(draft, refinement.result, type, sink);
  }
}

/** The first field of each name; the others are reported. */
function fieldsOnce(refinement: Refinement, sink: DiagnosticSink): FieldNodeRef[] {
  const seen = new Map<string, FieldNodeRef>();
  for (const field of refinement.fields) {
    const earlier = seen.get(field.name.text);
    if (field.name.text === "") continue;
    if (earlier === undefined) seen.set(field.name.text, field);
    else {
      const related = [{ span: earlier.name.span, message: "first here" }];
      sink.report(
        nameDiagnostics.duplicate(
          field.name.span,
          { name: field.name.text, where: "this refinement" },
          { related },
        ),
      );
    }
  }
  return [...seen.values()];
}

/** `tell`: mistakes that hang on the field alone are told once, not for each action. */
function refineField(wide: Field, node: FieldNodeRef, to: Type, sink: DiagnosticSink, tell: boolean): Field {
  const mayBeAbsent = wide.type.kind === "optional";
  if (tell && node.default !== null) sink.report(report["refined-default"](node.default.span));
  if (tell && to.kind === "optional" && !mayBeAbsent)
    sink.report(report["refined-optional"](node.type.span, { name: wide.name }));
  const type = refined(wide.type, to, node.type, wide.name, sink);
  return { ...wide, type: mayBeAbsent ? optional(type) : type };
}

function refineResult(draft: Draft, node: TypeNode, to: Type, sink: DiagnosticSink): void {
  draft.result = refined(draft.result, to, node, "result", sink);
}

/** The narrower type where it is one, `json` as the one widening, else the manifest's. */
function refined(from: Type, to: Type, node: TypeNode, name: string, sink: DiagnosticSink): Type {
  const wide = required(from);
  const narrow = required(to);
  // What is not understood was reported and stands as `json`: keep the manifest's word.
  if (narrow.kind === "json" && !isWrittenJson(node)) return wide;
  if (narrows(wide, narrow)) return narrow;
  if (narrow.kind === "json") {
    sink.report(report.widened(node.span, { name, from: printType(wide) }));
    return narrow;
  }
  sink.report(report["not-narrower"](node.span, { from: printType(wide), to: printType(narrow) }));
  return wide;
}

function isWrittenJson(node: TypeNode): boolean {
  if (node.kind === "type-optional") return isWrittenJson(node.of);
  return node.kind === "type-name" && node.name.parts.length === 1 && node.name.parts[0]?.text === "json";
}

function open(draft: Draft, span: Refinement["span"], name: string, sink: DiagnosticSink): void {
  draft.open = true;
  sink.report(report.opened(span, { name }));
}
