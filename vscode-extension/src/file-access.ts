// Answers a server without a disk: text files below a workspace folder, and nothing else.
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LIST_FILES,
  READ_FILE,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from "@aegis/lsp/custom-requests";

const MAX_BYTES = 5 * 1024 * 1024;
const MAX_FILES = 5_000;

/** The folder of the workspace that the server means; undefined for any other place. */
const folderOf = (root: string): vscode.WorkspaceFolder | undefined =>
  vscode.workspace.workspaceFolders?.find(
    ({ uri }) => uri.toString() === vscode.Uri.parse(root, true).toString(),
  );

async function readFile({ root, path }: ReadFileParams): Promise<ReadFileResult> {
  const folder = folderOf(root);
  const inside = !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
  if (folder === undefined || !inside) return { ok: false, reason: "not in the workspace" };
  const uri = vscode.Uri.joinPath(folder.uri, path);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return { ok: false, reason: "no regular file" };
    if (size > MAX_BYTES) return { ok: false, reason: "larger than 5 MB" };
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: "no such file, or no UTF-8" };
  }
}

async function listFiles({ root }: ListFilesParams): Promise<ListFilesResult> {
  const folder = folderOf(root);
  if (folder === undefined) return [];
  const pattern = new vscode.RelativePattern(folder, "**/*.{aegis,yaml,yml,json,lock}");
  const found = await vscode.workspace.findFiles(pattern, "**/node_modules/**", MAX_FILES);
  const prefix = folder.uri.path.endsWith("/") ? folder.uri.path : `${folder.uri.path}/`;
  return found.map((uri) => uri.path.slice(prefix.length)).sort();
}

export function registerFileAccess(client: BaseLanguageClient): void {
  client.onRequest(READ_FILE, readFile);
  client.onRequest(LIST_FILES, listFiles);
}
