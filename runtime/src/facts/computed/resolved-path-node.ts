// Where a path leads on this machine: the fact `std.path.resolved`, for enforcement points that run beside the tool.
import { lstatSync, readlinkSync } from "node:fs";

/** As many links as Linux follows. */
const MAX_LINKS = 40;

/**
 * The absolute path without links, also of a file that does not exist yet: where writing would make it. `undefined` where the system would not
 * find its way (loops, a file taken for a folder, no permission to look), or for a text that is no absolute path.
 */
export function resolvedPath(path: string): string | undefined {
  if (!path.startsWith("/") || path.includes("\0")) return undefined;
  let done = "";
  let pending = path.split("/");
  let links = 0;
  let missing = false;
  while (pending.length > 0) {
    const [segment = "", ...rest] = pending;
    pending = rest;
    if (segment === "" || segment === ".") continue;
    if (segment === "..") {
      if (missing) return undefined;
      done = done.slice(0, Math.max(0, done.lastIndexOf("/")));
      continue;
    }
    const here = `${done}/${segment}`;
    const found = missing ? "missing" : look(here);
    if (found === "unknown") return undefined;
    if (found === "missing") missing = true;
    if (typeof found === "object") {
      links += 1;
      if (links > MAX_LINKS) return undefined;
      pending = [...found.target.split("/"), ...pending];
      if (found.target.startsWith("/")) done = "";
      continue;
    }
    if (found === "file" && pending.some((each) => each !== "")) return undefined;
    done = here;
  }
  return done === "" ? "/" : done;
}

function look(path: string): "folder" | "file" | "missing" | "unknown" | { readonly target: string } {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return { target: readlinkSync(path) };
    return stats.isDirectory() ? "folder" : "file";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "unknown";
  }
}
