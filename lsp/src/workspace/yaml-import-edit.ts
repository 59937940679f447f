// The edit that brings a declaration of another package into a policy in YAML.
import { readTree, type SourceFile } from "@aegis/compiler";
import type { TextChange } from "./text-change.ts";

/** Null for a file that cannot be read. */
export function yamlImportEdit(file: SourceFile, from: string, name: string): TextChange | null {
  const root = readTree(file, { report: () => undefined });
  if (root?.kind !== "mapping") return null;
  const { text } = file;
  const entry = JSON.stringify(`${from}.{${name}}`);
  const insert = (at: number, newText: string): TextChange => ({ start: at, end: at, newText });
  const imports = root.entries.find(({ key }) => key.text === "imports")?.value;
  if (imports === undefined) {
    const before = root.entries.find(({ key }) => key.text === "package")?.value.span.end;
    const lineEnd = before === undefined ? -1 : text.indexOf("\n", before);
    const at = before === undefined ? root.span.start : lineEnd < 0 ? text.length : lineEnd + 1;
    return insert(at, `${lineEnd < 0 && before !== undefined ? "\n" : ""}imports: [${entry}]\n`);
  }
  if (imports.kind !== "sequence") return null;
  const last = imports.items.at(-1);
  if (text[imports.span.start] === "[")
    return last === undefined ? insert(imports.span.start + 1, entry) : insert(last.span.end, `, ${entry}`);
  if (last === undefined) return null;
  const lineStart = text.lastIndexOf("\n", (imports.items[0] ?? last).span.start - 1) + 1;
  const dash = /^\s*-\s*/.exec(text.slice(lineStart))?.[0] ?? "- ";
  return insert(last.span.end, `\n${dash}${entry}`);
}
