// The edit that brings a name of another package into a file.
import type { Module, SourceFile } from "@aegis/compiler";
import type { Proposal } from "./proposal.ts";

/** Null where there is nowhere to put it. */
export function importEdit(
  module: Module,
  file: SourceFile,
  from: string,
  name: string,
): Proposal["also"] | null {
  if (module.dialect !== "aegis" || module.package === null) return null;
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
