// Shows the standard library's modules, which are no files: read-only documents whose text the server has.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DOCUMENT_TEXT, type DocumentTextParams, type DocumentTextResult } from "@aegis/lsp/custom-requests";

const SCHEME = "aegis-std";

export function registerLibraryDocuments(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const params: DocumentTextParams = { uri: uri.toString() };
        const found = await client.sendRequest<DocumentTextResult>(DOCUMENT_TEXT, params);
        return found?.text ?? "";
      },
    }),
  );
}
