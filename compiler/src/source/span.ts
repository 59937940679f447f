// Places in source text.

/** A half-open range of UTF-16 offsets in one file. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export const spanBetween = (first: Span, last: Span): Span => ({
  file: first.file,
  start: first.start,
  end: last.end,
});
