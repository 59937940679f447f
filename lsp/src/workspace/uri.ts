// URIs and paths: a document's URI as its client writes it, and its path below a root.

/** Scheme under which the standard library's modules are shown: `aegis-std:/tools.aegis` is file `std:tools`. */
export const LIBRARY_SCHEME = "aegis-std";

/** One spelling for all that clients write: `%3A` and `:` are the same character. */
export function normalUri(uri: string): string {
  const cut = uri.endsWith("/") ? uri.replace(/\/+$/, "") : uri;
  try {
    return cut
      .split("/")
      .map((part) => encodeURIComponent(decodeURIComponent(part)).replaceAll("%3A", ":"))
      .join("/");
  } catch {
    return cut;
  }
}

/** The path below the root, decoded; null for a URI that is not below it. Both are normal. */
export function pathBelow(root: string, uri: string): string | null {
  if (!uri.startsWith(`${root}/`)) return null;
  return uri
    .slice(root.length + 1)
    .split("/")
    .map(decodeURIComponent)
    .join("/");
}

export const uriBelow = (root: string, path: string): string =>
  normalUri(`${root}/${path.replaceAll("%", "%25")}`);

export const folderOf = (uri: string): string => uri.slice(0, Math.max(0, uri.lastIndexOf("/")));

/** `std:tools` as the URI of a read-only document. */
export const libraryUri = (file: string): string =>
  `${LIBRARY_SCHEME}:/${file.slice("std:".length).replaceAll(".", "/")}.aegis`;

/** The file of such a URI; null for another URI. */
export function libraryFile(uri: string): string | null {
  const match = /^aegis-std:\/+(.+)\.aegis$/.exec(uri);
  return match?.[1] === undefined ? null : `std:${match[1].replaceAll("/", ".")}`;
}

/** A path as written in a file, relative to the project; `..` above the root stays, and is refused where files are read. */
export function joinPath(fromFile: string, path: string): string {
  const parts = path.startsWith("/") ? [""] : fromFile.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
