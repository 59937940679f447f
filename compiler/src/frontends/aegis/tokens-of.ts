// The tokens of a text with their kinds, for editors: comments included, mistakes too.
import { lex } from "./lexer.ts";
import { placeAt } from "./place.ts";
import { colourOf, type TokenKind } from "./token-table.ts";
import { NOTE } from "./tokens.ts";

export interface TextToken {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** In the order of the text; characters that are no token are left out. */
export function tokensOf(text: string): readonly TextToken[] {
  const { tokens, comments } = lex(text, placeAt("", 0));
  const found: TextToken[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const image = tokens.image(at);
    const kind = colourOf(tokens.kind(at), image, tokens.has(at, NOTE.broken));
    found.push({ kind, text: image, start: tokens.start(at), end: tokens.end(at) });
  }
  for (const { span, text: inner, doc } of comments)
    found.push({ kind: "comment", text: `${doc ? "///" : "//"}${inner}`, start: span.start, end: span.end });
  return found.sort((a, b) => a.start - b.start);
}
