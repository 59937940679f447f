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
const MAX_FOLDERS = 2_000;
const WANTED = /\.(?:aegis|ya?ml|json|lock)$/;

/** One spelling of a folder's address: the server leaves out the slash at the end. */
const spelled = (uri: vscode.Uri): string => uri.toString().replace(/\/+$/, "");

/** The folder of the workspace that the server means; undefined for any other place. */
const folderOf = (root: string): vscode.WorkspaceFolder | undefined =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => spelled(uri) === spelled(vscode.Uri.parse(root)));

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
  return folder === undefined ? [] : (await filesBelow(folder.uri)).sort();
}

/** Folder by folder: the editor's own search needs a provider that not every file system has. Links are not followed. */
async function filesBelow(root: vscode.Uri): Promise<string[]> {
  const found: string[] = [];
  const folders: string[] = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const uri = folder === "" ? root : vscode.Uri.joinPath(root, folder);
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
    for (const [name, type] of entries) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const skipped = name.startsWith(".") || name === "node_modules";
      if (type === vscode.FileType.Directory && !skipped && folders.length < MAX_FOLDERS) folders.push(path);
      if (type === vscode.FileType.File && WANTED.test(name) && found.length < MAX_FILES) found.push(path);
    }
  }
  return found;
}

export function registerFileAccess(client: BaseLanguageClient): void {
  client.onRequest(READ_FILE, readFile);
  client.onRequest(LIST_FILES, listFiles);
}
