// Files of the disk, read as an attacker might have left them: regular, bounded, inside the root, never a device or a pipe.
import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileText, Host } from "./host.ts";
import { IGNORED_FOLDERS, LISTED_FILE, MAX_FILE_BYTES, MAX_FILES } from "./host.ts";

/** Deeper folders are not looked into. */
const MAX_DEPTH = 20;

export const diskHost: Host = { list, read };

/** The folder of a root; null for one that is not on this machine's own disk (`file://server/share`). */
function folderOf(root: string): string | null {
  try {
    const url = new URL(`${root}/`);
    return url.protocol === "file:" && url.host === "" ? fileURLToPath(url) : null;
  } catch {
    return null;
  }
}

async function list(root: string): Promise<readonly string[]> {
  const folder = folderOf(root);
  const found: string[] = [];
  if (folder === null) return found;
  const visit = async (path: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH || found.length >= MAX_FILES) return;
    // Links are not followed: neither out of the root nor in circles.
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name)) await visit(child, depth + 1);
      else if (entry.isFile() && LISTED_FILE.test(entry.name) && found.length < MAX_FILES) found.push(child);
    }
  };
  await visit("", 0);
  return found;
}

async function read(root: string, path: string): Promise<FileText> {
  const folder = folderOf(root);
  if (folder === null) return { ok: false, reason: "only local files are read" };
  const target = resolve(folder, path);
  if (!isInside(folder, target)) return { ok: false, reason: "the file lies outside the project" };
  try {
    if (!isInside(await realpath(folder), await realpath(target)))
      return { ok: false, reason: "the file lies outside the project" };
    const file = await open(target, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return { ok: false, reason: "it is not a regular file" };
      if (stat.size > MAX_FILE_BYTES)
        return { ok: false, reason: `it is larger than ${String(MAX_FILE_BYTES)} bytes` };
      const buffer = new Uint8Array(stat.size);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return {
        ok: true,
        text: new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead)),
      };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: "it is not UTF-8 text" };
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { ok: false, reason: missing ? "the file does not exist" : "the file cannot be read" };
  }
}

function isInside(folder: string, target: string): boolean {
  const from = relative(folder, target);
  return from === "" || (from !== ".." && !from.startsWith(`..${sep}`) && !isAbsolute(from));
}
