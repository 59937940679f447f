// Renames what the name at an offset stands for, in every file of the project; the library stays as it is.
import { frontEndOf, isReservedWord, type Span } from "@aegis/compiler";
import { occurrencesAt, placesOf } from "../../workspace/symbol-at.ts";
import type { View } from "../../workspace/view.ts";

export type Rename =
  | { readonly ok: true; readonly edits: readonly { readonly span: Span; readonly newText: string }[] }
  | { readonly ok: false; readonly reason: string };

export type RenamePlace =
  | { readonly ok: true; readonly span: Span; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Whether the name at the offset can be renamed; null where there is none. */
export function prepareRename(view: View, offset: number): RenamePlace | null {
  const found = occurrencesAt(view, offset);
  const [first] = found;
  if (first === undefined) return null;
  for (const { symbol } of found) {
    if (symbol.span.file.startsWith("std:"))
      return { ok: false, reason: `\`${symbol.name}\` belongs to the standard library` };
    if (symbol.span.file === "aegis:builtin") return { ok: false, reason: `\`${symbol.name}\` is built in` };
    if (symbol.node === null)
      return { ok: false, reason: `\`${symbol.name}\` is named by a manifest: rename it there` };
    if (symbol.kind === "package")
      return {
        ok: false,
        reason: "a package is renamed by hand: its name is part of rule ids in logs and state",
      };
  }
  const text = view.file.text.slice(first.span.start, first.span.end);
  return { ok: true, span: first.span, text: bare(text) };
}

export function rename(view: View, offset: number, newName: string): Rename {
  const place = prepareRename(view, offset);
  if (place === null) return { ok: false, reason: "there is no name here" };
  if (!place.ok) return place;
  if (newName === "" || /[`\\\r\n]/.test(newName)) return { ok: false, reason: "that cannot be a name" };
  const written = isPlain(newName) ? newName : `\`${newName}\``;
  const symbols = occurrencesAt(view, offset).map((each) => each.symbol);
  const edits = placesOf(view, symbols).flatMap(({ span, symbol }) => {
    const text = view.analysis.files.get(span.file)?.text.slice(span.start, span.end) ?? "";
    // An alias keeps its name.
    if (bare(text) !== symbol.name || span.file.startsWith("std:")) return [];
    return [{ span, newText: text.startsWith('"') ? JSON.stringify(newName) : written }];
  });
  if (written !== newName && edits.some(({ span }) => frontEndOf(span.file).name === "yaml"))
    return { ok: false, reason: "a name that stands in a YAML file has letters, digits and `_` only" };
  return { ok: true, edits };
}

const isPlain = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !isReservedWord(name);

/** A name without its quotes. */
const bare = (text: string): string => (/^(["`]).*\1$/.test(text) ? text.slice(1, -1) : text);
