// Declarations of other packages, and the edit that brings one of them into a file.
import { standardLibrary, type Item, type Module, type SourceFile } from "@aegis/compiler";
import { stdlibModules } from "@aegis/stdlib";
import type { TextChange } from "./text-change.ts";
import type { View } from "./view.ts";
import { yamlImportEdit } from "./yaml-import-edit.ts";

/** Null where there is nowhere to put it. */
export function importEdit(module: Module, file: SourceFile, from: string, name: string): TextChange | null {
  if (module.dialect === "yaml") return yamlImportEdit(file, from, name);
  if (module.package === null) return null;
  for (const item of module.items) {
    if (item.kind !== "import" || item.names === null || item.alias !== null || item.on !== null) continue;
    if (item.path.parts.map((each) => each.text).join(".") !== from) continue;
    const last = item.names.at(-1);
    if (last !== undefined) return { start: last.span.end, end: last.span.end, newText: `, ${name}` };
  }
  const imports = module.items.filter((each) => each.kind === "import");
  const after = (imports.at(-1)?.span ?? module.package.span).end;
  // Behind a comment on the same line.
  const lineEnd = file.text.indexOf("\n", after);
  const at = lineEnd < 0 ? file.text.length : lineEnd;
  return { start: at, end: at, newText: `\nimport ${from}.{${name}}` };
}

/** Declarations of the project's other packages and of the library. */
export function* importable(view: View): Generator<{ readonly from: string; readonly item: Item }> {
  const own = view.module?.package;
  const seen = new Set<string>();
  for (const module of view.analysis.resolved.modules) {
    if (module.package === own || module.package === "") continue;
    seen.add(module.module.file);
    for (const item of module.module.items) yield { from: module.package, item };
  }
  for (const name of stdlibModules.keys()) {
    if (seen.has(`std:${name}`)) continue;
    for (const item of standardLibrary.module(name)?.module.items ?? []) yield { from: `std.${name}`, item };
  }
}
