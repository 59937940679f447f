// Loads a bundle from a file, or from the folder that one was unpacked into, in Node.
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_BUNDLE_LIMITS, type BundleLimits } from "./bundle/index.ts";
export { resolvedPath } from "../facts/computed/resolved-path-node.ts";
import { loadPolicy, type LoadPolicyOptions, type LoadPolicyResult } from "./load-policy.ts";

const refuse = (problem: string): LoadPolicyResult => ({ ok: false, code: "bundle_invalid", problem });
const MAX_MEMBERS = 10_000;

/** `path`: a bundle's file, or a folder with its members. Problems name no content and no path. Never rejects. */
export async function loadPolicyFrom(path: string, options: LoadPolicyOptions): Promise<LoadPolicyResult> {
  const limits = { ...DEFAULT_BUNDLE_LIMITS, ...options.limits };
  try {
    const status = await lstat(path);
    if (status.isDirectory()) {
      const members = await readFolder(path, limits);
      return typeof members === "string" ? refuse(members) : await loadPolicy(members, options);
    }
    const bytes = await readRegular(path, limits.compressed);
    return bytes === undefined
      ? refuse("it is no regular file, or too large")
      : await loadPolicy(bytes, options);
  } catch {
    return refuse("it cannot be read");
  }
}

/** The members by name, or what is wrong; links and devices are refused, also below. */
async function readFolder(root: string, limits: BundleLimits): Promise<Map<string, Uint8Array> | string> {
  const members = new Map<string, Uint8Array>();
  let total = 0;
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(name);
        continue;
      }
      if (members.size >= MAX_MEMBERS) return "it has too many members";
      const bytes = entry.isFile() ? await readRegular(join(root, name), limits.member) : undefined;
      if (bytes === undefined) return "a member is no regular file, or too large";
      total += bytes.length;
      if (total > limits.total) return "its members are too large";
      members.set(name, bytes);
    }
  }
  return members;
}

/** Follows no link and waits for no pipe; undefined for what is no regular file or larger than `limit` bytes. */
async function readRegular(path: string, limit: number): Promise<Uint8Array | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > limit) return undefined;
    const bytes = await file.readFile();
    return bytes.length > limit ? undefined : new Uint8Array(bytes);
  } finally {
    await file.close();
  }
}
