// Text of an attacker's choice made safe to show: JSON quotes, and nothing that hides, reorders or breaks lines.

/** Beside C0: DEL and C1, line and paragraph separators, bidi controls, and characters that show as nothing. */
const HIDDEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A JSON string in which control, bidi and invisible characters are escaped as `\uXXXX`. */
export const quoteText = (text: string): string =>
  JSON.stringify(text).replace(
    HIDDEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
