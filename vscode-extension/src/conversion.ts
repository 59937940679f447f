// Turns a policy into its other form of writing, in a document beside it.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CONVERT, type ConvertParams, type ConvertResult } from "@aegis/lsp/custom-requests";

async function convert(client: BaseLanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return;
  const to = document.languageId === "aegis" ? "yaml" : "aegis";
  const params: ConvertParams = { uri: document.uri.toString(), to };
  const result = await client.sendRequest<ConvertResult>(CONVERT, params);
  if (!result.ok) {
    void vscode.window.showErrorMessage(`Aegis: ${result.reason}`);
    return;
  }
  const shown = await vscode.workspace.openTextDocument({ language: to, content: result.text });
  await vscode.window.showTextDocument(shown, vscode.ViewColumn.Beside);
  if (result.lost.length > 0)
    void vscode.window.showWarningMessage(`Aegis: ${to} cannot say: ${result.lost.join("; ")}`);
}

export function registerConversion(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(vscode.commands.registerCommand("aegis.convertYaml", () => convert(client)));
}
