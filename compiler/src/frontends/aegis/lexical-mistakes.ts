// What the lexer reports: hidden characters, characters that are no token, signs of other languages, open quotes.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { HiddenCharacters } from "../../source/hidden-characters.ts";
import type { Span } from "../../source/span.ts";

export function reportHidden({ kind, code }: HiddenCharacters, span: Span): Diagnostic {
  const escape = `\`\\u{${code.toLowerCase()}}\``;
  switch (kind) {
    case "invisible":
      return report["invisible-character"](span, { code, escape });
    case "control":
      return report["control-character"](span, { code, escape });
    case "lone-surrogate":
      return report["lone-surrogate"](span, { code });
  }
}

const COMMENT_HINT = "a comment begins with `//`";
const CHARACTER_HINTS = new Map([
  ["#", COMMENT_HINT],
  ["/", COMMENT_HINT],
  ["~", "a text is compared with a pattern by `matches`"],
  ["`", "a name in back-quotes ends on the line where it begins"],
  ["&", "write `and`"],
]);

/** A run of characters of which none begins a token. */
export function reportCharacters(piece: string, span: Span): Diagnostic {
  const char = String.fromCodePoint(piece.codePointAt(0) ?? 0);
  const hint = CHARACTER_HINTS.get(char) ?? "delete it, or put it into a text in double quotes";
  const character = char === "`" ? "back-quote" : `\`${char}\``;
  return report["unexpected-character"](span, { character, hint });
}

/** `&&` where `and` is meant. */
export function reportWrongSign(found: string, instead: string, span: Span): Diagnostic {
  const newText = instead === "not" ? "not " : instead;
  const fixes = [{ title: `Write \`${instead}\``, edits: [{ span, newText }] }];
  return report["wrong-operator"](span, { found, instead }, { fixes });
}

export function reportSingleQuotes(image: string, span: Span): Diagnostic {
  const newText = `"${image.slice(1, -1).replace(/(?<!\\)"/g, '\\"')}"`;
  const fixes = [{ title: "Use double quotes", edits: [{ span, newText }] }];
  return report["single-quotes"](span, {}, { fixes });
}

export const reportOpenText = (span: Span): Diagnostic => report["unclosed-text"](span);
export const reportEmptyName = (span: Span): Diagnostic => report["empty-name"](span);

export function reportStuckLetters(image: string, span: Span): Diagnostic {
  const hint =
    "a number is digits, or digits with a fraction after a dot; durations end in `ms`, `s`, `m`, `h` or `d`; a name does not begin with a digit";
  return report["bad-number"](span, { text: image.slice(0, 40), hint });
}
