// What the server needs of its surroundings: the files below a root. In a process the disk answers, in a worker the client.

export type FileText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Roots are `file:` (or other) URIs without a slash at the end; paths are relative to them, with slashes. */
export interface Host {
  /** Files below the root that may belong to a project: policies, aegis.json, requests. At most `MAX_FILES`. */
  list(root: string): Promise<readonly string[]>;
  /** A regular file that lies under the root after links are resolved, of at most `MAX_FILE_BYTES`. Never throws. */
  read(root: string, path: string): Promise<FileText>;
}

export const MAX_FILE_BYTES = 5 * 1024 * 1024;
export const MAX_FILES = 5000;
/** Folders that hold no policies of the project. */
export const IGNORED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", ".git", "dist"]);
export const LISTED_FILE = /\.(?:aegis|ya?ml|json)$/;
