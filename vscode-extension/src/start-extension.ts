// What desktop and browser share: one client, and the parts of the editor that it feeds.
import * as vscode from "vscode";
import { State, type BaseLanguageClient } from "vscode-languageclient";
import { SET_TRUST, type SetTrustParams } from "@aegis/lsp/custom-requests";
import { registerConversion } from "./conversion.ts";
import { registerEvaluation } from "./evaluation.ts";
import { registerFileAccess } from "./file-access.ts";
import { registerLibraryDocuments } from "./library-documents.ts";
import { registerNewPolicy } from "./new-policy.ts";
import { registerRegoPreview } from "./rego-preview.ts";
import { registerStatusBar } from "./status-bar.ts";
import { registerTestingView } from "./testing/testing-view.ts";

export interface Running {
  stop(): Promise<void>;
}

export async function startExtension(
  context: vscode.ExtensionContext,
  createClient: () => BaseLanguageClient,
): Promise<Running> {
  const client = createClient();
  registerFileAccess(client);
  for (const register of [
    registerStatusBar,
    registerLibraryDocuments,
    registerTestingView,
    registerEvaluation,
    registerRegoPreview,
    registerConversion,
    registerNewPolicy,
  ])
    register(context, client);
  context.subscriptions.push(
    vscode.commands.registerCommand("aegis.restartServer", async () => {
      await client.stop();
      await client.start();
    }),
    vscode.commands.registerCommand("aegis.showOutput", () => {
      client.outputChannel.show();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      const params: SetTrustParams = { trusted: true };
      if (client.state === State.Running) void client.sendNotification(SET_TRUST, params);
    }),
  );
  await client.start();
  return { stop: () => client.stop() };
}
