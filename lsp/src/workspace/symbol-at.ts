// The name at an offset and what it stands for: where hover, definition, references and rename begin.
import { occurrencesOf, type NamedSymbol, type Occurrence } from "@aegis/compiler";
import type { View } from "./view.ts";

export const occurrencesIn = (view: View, path = view.file.path): readonly Occurrence[] =>
  occurrencesOf(view.analysis.resolved, view.analysis.checked, path);

/** All that the name may stand for (an argument of several actions); empty where there is no name. Right behind a name counts. */
export function occurrencesAt(view: View, offset: number): readonly Occurrence[] {
  const around = occurrencesIn(view).filter(({ span }) => span.start <= offset && offset <= span.end);
  // Of two names that touch, the one that begins at the offset.
  const start = Math.max(...around.map(({ span }) => span.start));
  return around.filter(({ span }) => span.start === start);
}

/** All places of some symbols, in the order of files. */
export function placesOf(view: View, symbols: readonly NamedSymbol[]): readonly Occurrence[] {
  const keys = new Set(symbols.map((each) => each.key));
  const files = view.analysis.resolved.modules.map((each) => each.module.file);
  return files.flatMap((file) => occurrencesIn(view, file).filter(({ symbol }) => keys.has(symbol.key)));
}
