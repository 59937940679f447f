// Where a text stands: turns offsets in the text being read into spans of the file it came from.
import type { Span } from "../../source/span.ts";

/** An offset in the file, or a map from offsets in the text to offsets in the file (rising with them). */
export type Origin = number | ((offset: number) => number);

export interface Place {
  readonly file: string;
  span(start: number, end: number): Span;
}

export const placeAt = (file: string, origin: Origin): Place =>
  typeof origin === "number"
    ? { file, span: (start, end) => ({ file, start: start + origin, end: end + origin }) }
    : { file, span: (start, end) => ({ file, start: origin(start), end: origin(end) }) };
