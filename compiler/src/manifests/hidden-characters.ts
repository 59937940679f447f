// Characters that a reader does not see: refused in names, escaped in texts that are only shown.

/** Controls, bidi controls, default-ignorable code points, lone surrogates and line separators. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

export const hasHiddenCharacters = (text: string): boolean => text.search(HIDDEN) >= 0;

/** The text with every hidden character but newline and tab written as `\u{hex}`; emoji selectors are dropped. */
export const revealHiddenCharacters = (text: string): string =>
  text.replace(HIDDEN, (found) =>
    found === "\n" || found === "\t"
      ? found
      : found === "\r" || found === "\ufe0f" || found === "\u200d"
        ? ""
        : `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`,
  );
