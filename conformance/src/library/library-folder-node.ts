// The folders of the standard library on disk: each module with its tests and its page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const LIBRARY_FOLDER = join(import.meta.dirname, "../../../stdlib/modules");

export interface LibraryFolder {
  /** `net` for `std.net`. */
  readonly name: string;
  readonly module: string;
  /** Null where the file is missing. */
  readonly tests: string | null;
  readonly page: string | null;
  readonly pagePath: string;
}

/** Sorted by name. */
export function libraryFolders(folder = LIBRARY_FOLDER): readonly LibraryFolder[] {
  const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      name,
      module: read(join(folder, name, `${name}.aegis`)) ?? "",
      tests: read(join(folder, name, `${name}.test.aegis`)),
      page: read(join(folder, name, "README.md")),
      pagePath: join(folder, name, "README.md"),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
