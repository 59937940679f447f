// Names of packages made from other names.

/** A package name from a folder's or tool's name. */
export function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  return name === "" || name === "std" ? "policy" : name;
}
