// Every place that names what the name at an offset stands for.
import type { Occurrence } from "@aegis/compiler";
import { occurrencesAt, placesOf } from "../../workspace/symbol-at.ts";
import type { View } from "../../workspace/view.ts";

export function references(view: View, offset: number, withDeclaration: boolean): readonly Occurrence[] {
  const symbols = occurrencesAt(view, offset).map((each) => each.symbol);
  const places = symbols.length === 0 ? [] : placesOf(view, symbols);
  return withDeclaration ? places : places.filter((each) => !each.declares);
}

/** Those in the file itself, for highlighting. */
export const highlights = (view: View, offset: number): readonly Occurrence[] =>
  references(view, offset, true).filter((each) => each.span.file === view.file.path);
