// Entry for the browser: the language server is a worker, and files come through the editor.
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { CLIENT_ID, CLIENT_NAME, clientOptions } from "./client-options.ts";
import { startExtension, type Running } from "./start-extension.ts";

/** What a worker's host has; the types of browsers are not loaded here. */
declare const Worker: new (url: string) => ConstructorParameters<typeof LanguageClient>[2];

let running: Running | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = vscode.Uri.joinPath(context.extensionUri, "dist/web/server.js");
  running = await startExtension(
    context,
    () => new LanguageClient(CLIENT_ID, CLIENT_NAME, new Worker(server.toString(true)), clientOptions(true)),
  );
}

export const deactivate = (): Promise<void> | undefined => running?.stop();
