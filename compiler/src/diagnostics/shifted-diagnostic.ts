// A diagnostic whose text has moved: a copy with every place in its file further on.
import type { Span } from "../source/span.ts";
import type { Diagnostic } from "./diagnostic.ts";

export function shiftedDiagnostic(diagnostic: Diagnostic, delta: number): Diagnostic {
  const { file } = diagnostic.span;
  const move = (span: Span): Span => {
    const by = span.file === file ? delta : 0;
    return { file: span.file, start: span.start + by, end: span.end + by };
  };
  const { related, fixes } = diagnostic;
  return {
    ...diagnostic,
    span: move(diagnostic.span),
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...each, span: move(each.span) })) }),
    ...(fixes === undefined
      ? {}
      : {
          fixes: fixes.map((fix) => ({
            ...fix,
            edits: fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })),
          })),
        }),
  };
}

/** Every place that a diagnostic names. */
export function* placesOf({ span, related, fixes }: Diagnostic): Generator<Span> {
  yield span;
  for (const each of related ?? []) yield each.span;
  for (const fix of fixes ?? []) for (const edit of fix.edits) yield edit.span;
}
