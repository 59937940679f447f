// What the client tells the server at the start, and which documents it sends.
import * as vscode from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";
import type { InitializationOptions } from "@aegis/lsp/custom-requests";

export const CLIENT_ID = "aegis";
export const CLIENT_NAME = "Aegis Policy";

/** `files`: the server has no disk and asks the editor for files. */
export function clientOptions(files: boolean): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { trusted: vscode.workspace.isTrusted, files };
  return {
    documentSelector: [
      { language: "aegis" },
      { language: "yaml" },
      { language: "json", pattern: "**/*.request.json" },
      { language: "json", pattern: "**/aegis.json" },
    ],
    initializationOptions,
    synchronize: { configurationSection: "aegis" },
    // What the server sends about manifests and policies is text: no command may be run from it.
    markdown: { isTrusted: false, supportHtml: false },
  };
}
