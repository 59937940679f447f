// Files of a server without a disk: the client reads and lists them. What it gives is held to the same bounds.
import type { Connection } from "vscode-languageserver";
import type { FileText, Host } from "../host/host.ts";
import { LISTED_FILE, MAX_FILE_BYTES, MAX_FILES } from "../host/host.ts";
import { LIST_FILES, READ_FILE, type ListFilesResult, type ReadFileResult } from "./custom-requests.ts";

export const clientHost = (connection: Connection): Host => ({
  async list(root) {
    const paths = await connection.sendRequest<ListFilesResult>(LIST_FILES, { root }).catch(() => []);
    return paths.filter((path) => LISTED_FILE.test(path) && isBelow(path)).slice(0, MAX_FILES);
  },
  async read(root, path): Promise<FileText> {
    if (!isBelow(path)) return { ok: false, reason: "the file lies outside the project" };
    const read = await connection
      .sendRequest<ReadFileResult>(READ_FILE, { root, path })
      .catch((): ReadFileResult => ({ ok: false, reason: "the file cannot be read" }));
    return read.ok && read.text.length > MAX_FILE_BYTES
      ? { ok: false, reason: `it is larger than ${String(MAX_FILE_BYTES)} bytes` }
      : read;
  },
});

const isBelow = (path: string): boolean => !path.startsWith("/") && !path.split("/").includes("..");
