// Entry for the desktop and for remote hosts: the language server is a process beside the editor.
import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { CLIENT_ID, CLIENT_NAME, clientOptions } from "./client-options.ts";
import { registerDebugger } from "./debugger.ts";
import { startExtension, type Running } from "./start-extension.ts";
import { registerTasks } from "./tasks.ts";

let running: Running | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  // The server is the one that ships: no setting names another program.
  const module = context.asAbsolutePath("dist/server.mjs");
  const run = { module, transport: TransportKind.ipc };
  registerTasks(context);
  registerDebugger(context, (uri) => uri.fsPath);
  running = await startExtension(
    context,
    () => new LanguageClient(CLIENT_ID, CLIENT_NAME, { run, debug: run }, clientOptions(false)),
  );
}

export const deactivate = (): Promise<void> | undefined => running?.stop();
