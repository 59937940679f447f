// Ever larger pieces around an offset: the word, the expression, the clause, the declaration, the file.
import { pathAt } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";

export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** From the inside out; each holds the one before it. */
export function selectionRanges(view: View, offset: number): readonly Piece[] {
  const { text } = view.file;
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0;
  const after = /^\w*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0;
  const pieces: Piece[] = [{ start: offset - before, end: offset + after }];
  const nodes = pathAt(view, offset).map(({ span }) => ({ start: span.start, end: span.end }));
  for (const { start, end } of [...nodes.reverse(), { start: 0, end: text.length }]) {
    const last = pieces.at(-1) as Piece;
    if (start > last.start || end < last.end || (start === last.start && end === last.end)) continue;
    pieces.push({ start, end });
  }
  return pieces;
}
