// Requests for quick fixes and refactorings.
import {
  CodeActionRequest,
  type CodeAction,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { codeActions } from "../../features/code-actions/code-actions.ts";
import type { CodeAction as Offered } from "../../features/code-actions/code-action.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { offsetOf, rangeOf } from "../places.ts";
import type { Located, ServerContext } from "../server-context.ts";

export const codeActionRequests: readonly RequestEntry[] = [
  answer(CodeActionRequest.type, async (context, { textDocument, range, context: asked }, token) => {
    const at = await context.locate(textDocument.uri, token);
    if (at === null || at.uri.startsWith("aegis-std:")) return null;
    const { file } = at.view;
    const selected = { start: offsetOf(file, range.start), end: offsetOf(file, range.end) };
    const state = at.project.stateNow();
    const lint = await at.project.lint(state);
    // The text has changed meanwhile: the client asks again.
    if (lint === null || state.revision !== at.project.revision) return null;
    const diagnostics = [...state.diagnostics, ...lint];
    const wanted = (kind: string) =>
      asked.only === undefined || asked.only.some((each) => kind.startsWith(each));
    return codeActions(at.view, selected, diagnostics)
      .filter((each) => wanted(each.kind))
      .map((each) => actionOf(context, at, each, asked.diagnostics));
  }),
];

function actionOf(
  context: ServerContext,
  at: Located,
  offered: Offered,
  shown: readonly Diagnostic[],
): CodeAction {
  const { mends } = offered;
  const { file } = at.view;
  const mended =
    mends === undefined
      ? []
      : shown.filter(
          (each) => each.code === mends.code && offsetOf(file, each.range.start) === mends.span.start,
        );
  return {
    title: offered.title,
    kind: offered.kind,
    edit: editOf(context, at, offered),
    ...(mended.length === 0 ? {} : { diagnostics: mended }),
    ...(offered.preferred === true ? { isPreferred: true } : {}),
  };
}

function editOf(context: ServerContext, at: Located, { edits, create }: Offered): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { span, newText } of edits) {
    const file = at.view.analysis.files.get(span.file);
    if (file === undefined) continue;
    const uri = context.uriOf(at.project, span.file);
    const list = byUri.get(uri) ?? [];
    list.push({ range: rangeOf(file, span), newText });
    byUri.set(uri, list);
  }
  if (create === undefined) return { changes: Object.fromEntries(byUri) };
  const uri = context.uriOf(at.project, create.path);
  const start = { line: 0, character: 0 };
  const text: TextDocumentEdit = {
    textDocument: { uri, version: null },
    edits: [{ range: { start, end: start }, newText: create.text }],
  };
  return {
    documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: false, overwrite: false } }, text],
  };
}
