// Reads files as an attacker might have left them: regular files of bounded size, inside a root where one is given.
import { closeSync, fstatSync, openSync, readSync, realpathSync, constants } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Largest policy, manifest or project file. */
export const MAX_SOURCE_BYTES = 5 * 1024 * 1024;

/** The bytes of a regular file; null when it does not exist. Never blocks on a pipe or device. */
export function readBytes(path: string, maxBytes: number): Uint8Array | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new UsageError(`cannot read \`${path}\``, "check that the file exists and that you may read it");
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new UsageError(`\`${path}\` is a folder`, "name a file in it");
    if (!stat.isFile()) throw new UsageError(`\`${path}\` is not a regular file`);
    if (stat.size > maxBytes)
      throw new UsageError(
        `\`${path}\` is too large: ${megabytes(stat.size)}, and at most ${megabytes(maxBytes)} are read`,
        "is it the file that was meant?",
      );
    const buffer = new Uint8Array(stat.size);
    let length = 0;
    while (length < buffer.length) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MiB`;

/** Text in UTF-8; anything else is refused, not repaired. */
export function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`\`${path}\` is not UTF-8 text`);
  }
}

export function readText(path: string, maxBytes = MAX_SOURCE_BYTES): string {
  const bytes = readBytes(path, maxBytes);
  if (bytes === null) throw new UsageError(`\`${path}\` does not exist`);
  return decodeText(path, bytes);
}

/** Whether a path lies in a root after links are resolved. */
export function isInside(root: string, path: string): boolean {
  const from = relative(realpathSync(root), realpathSync(resolve(root, path)));
  return from === "" || (!from.startsWith("..") && !isAbsolute(from));
}
