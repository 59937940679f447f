// Characters that a reader cannot see: they make a text mean something else than it shows.

/** What is wrong with a run of characters. */
export type HiddenKind = "invisible" | "control" | "lone-surrogate";

export interface HiddenCharacters {
  /** UTF-16 offsets, half open. */
  readonly start: number;
  readonly end: number;
  readonly kind: HiddenKind;
  /** The first code point of the run, as `200B`. */
  readonly code: string;
}

const HIDDEN =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]+|[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFF9-\uFFFB]+|\p{Cs}+|\r(?!\n)/gu;
/** Most texts have none of these, which is seen much sooner. */
const UNUSUAL = /[^\t\n\x20-\x7E]/;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u;

/** Runs of invisible, control and broken characters, in order; a byte order mark at the start is let through. */
export function findHiddenCharacters(text: string): HiddenCharacters[] {
  const found: HiddenCharacters[] = [];
  if (!UNUSUAL.test(text)) return found;
  for (const match of text.matchAll(HIDDEN)) {
    const mark = match.index === 0 && match[0].startsWith("\uFEFF") ? 1 : 0;
    const run = match[0].slice(mark);
    if (run === "") continue;
    const start = match.index + mark;
    const code = (run.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const kind = INVISIBLE.test(run) ? "invisible" : /^\p{Cs}/u.test(run) ? "lone-surrogate" : "control";
    found.push({ start, end: start + run.length, kind, code });
  }
  return found;
}
