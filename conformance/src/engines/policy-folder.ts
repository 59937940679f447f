// Files of a program in a folder of their own, for programs that read policies from disk.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backends } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";

export interface PolicyFolder {
  readonly folder: string;
  readonly files: readonly string[];
  remove(): void;
}

/** What the backend emits. */
export const policyFolder = (program: IrProgram, backend: string): PolicyFolder =>
  folderOf(backends.get(backend)?.emit(program, {}) ?? []);

/** Files written flat: `/` in paths becomes `__`. */
export function folderOf(
  artifacts: readonly { readonly path: string; readonly content: string | Uint8Array }[],
): PolicyFolder {
  const folder = mkdtempSync(join(tmpdir(), "aegis-policy-"));
  const files = artifacts.map(({ path, content }) => {
    const file = join(folder, path.replaceAll("/", "__"));
    writeFileSync(file, content);
    return file;
  });
  return { folder, files, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
