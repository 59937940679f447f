// Places in a text that name another file: manifests, modules of the library.
import type { View } from "../../workspace/view.ts";
import { joinPath } from "../../workspace/uri.ts";

export interface DocumentLink {
  readonly start: number;
  readonly end: number;
  /** A file of the project, or of the library (`std:tools`). */
  readonly path: string;
  readonly tooltip: string;
}

export const documentLinks = (view: View): readonly DocumentLink[] =>
  (view.module?.module.items ?? []).flatMap((item): readonly DocumentLink[] => {
    if (item.span.file !== view.file.path) return [];
    if (item.kind === "tools") {
      const { span, value } = item.manifest;
      // Only files below the root are shown; `#/…` points into the file.
      const path = joinPath(view.file.path, value.replace(/#.*$/, ""));
      if (value === "" || path.startsWith("..")) return [];
      return [{ start: span.start, end: span.end, path, tooltip: "the tools of this server" }];
    }
    if (item.kind !== "import") return [];
    const name = item.path.parts.map((each) => each.text).join(".");
    const owner = [name, name.slice(0, Math.max(0, name.lastIndexOf(".")))].find((each) =>
      view.analysis.files.has(`std:${each.replace(/^std\./, "")}`),
    );
    if (owner === undefined || !owner.startsWith("std.")) return [];
    const { start, end } = item.path.span;
    return [{ start, end, path: `std:${owner.slice("std.".length)}`, tooltip: "the module of the library" }];
  });
