// Requests about what a file or a project declares.
import {
  DocumentSymbolRequest,
  SymbolKind,
  WorkspaceSymbolRequest,
  type DocumentSymbol,
  type SymbolInformation,
} from "vscode-languageserver";
import { documentSymbols, type Outline } from "../../features/document-symbols/document-symbols.ts";
import { workspaceSymbols } from "../../features/workspace-symbols/workspace-symbols.ts";
import { answer, type RequestEntry } from "../define-request.ts";
import { rangeOf } from "../places.ts";
import type { SourceFile } from "@aegis/compiler";

const KINDS: { readonly [Kind in Outline["kind"]]: SymbolKind } = {
  import: SymbolKind.Module,
  tools: SymbolKind.Interface,
  tool: SymbolKind.Interface,
  enum: SymbolKind.Enum,
  type: SymbolKind.Struct,
  attributes: SymbolKind.Struct,
  const: SymbolKind.Constant,
  data: SymbolKind.Constant,
  param: SymbolKind.Constant,
  fn: SymbolKind.Function,
  pattern: SymbolKind.String,
  fact: SymbolKind.Function,
  group: SymbolKind.Array,
  label: SymbolKind.Key,
  limit: SymbolKind.Number,
  policy: SymbolKind.Namespace,
  use: SymbolKind.Namespace,
  rule: SymbolKind.Event,
  exception: SymbolKind.Event,
  test: SymbolKind.Method,
  property: SymbolKind.Method,
  action: SymbolKind.Method,
  member: SymbolKind.EnumMember,
  argument: SymbolKind.Field,
};

export const symbolRequests: readonly RequestEntry[] = [
  answer(DocumentSymbolRequest.type, async (context, { textDocument }, token) => {
    const at = await context.locate(textDocument.uri, token);
    return at === null ? null : documentSymbols(at.view).map((each) => documentSymbol(at.view.file, each));
  }),

  answer(WorkspaceSymbolRequest.type, async (context, { query }, token) => {
    await context.turn(token);
    await context.workspace.settled();
    const found: SymbolInformation[] = [];
    for (const project of context.workspace.projects) {
      const { analysis } = await project.state();
      for (const symbol of workspaceSymbols(analysis, query)) {
        const file = analysis.files.get(symbol.span.file);
        if (file === undefined) continue;
        found.push({
          name: symbol.name,
          kind: KINDS[symbol.kind],
          containerName: symbol.package,
          location: { uri: context.uriOf(project, symbol.span.file), range: rangeOf(file, symbol.span) },
        });
      }
    }
    return found;
  }),
];

const documentSymbol = (file: SourceFile, outline: Outline): DocumentSymbol => ({
  name: outline.name,
  detail: outline.detail,
  kind: KINDS[outline.kind],
  range: rangeOf(file, outline.span),
  selectionRange: rangeOf(file, outline.nameSpan),
  children: outline.children.map((each) => documentSymbol(file, each)),
});
