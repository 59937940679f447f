// The tokens of a text with their kinds, for editors: comments included, mistakes too.
import { lex } from "./lexer.ts";
import { placeAt } from "./place.ts";
import type { TokenKind } from "./tokens.ts";
import { TOKEN_TABLE } from "./tokens.ts";

export interface TextToken {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const KINDS: ReadonlyMap<string, TokenKind> = new Map(TOKEN_TABLE.map(({ name, kind }) => [name, kind]));

/** In the order of the text; characters that are no token are left out. */
export function tokensOf(text: string): readonly TextToken[] {
  const { tokens, comments } = lex(text, placeAt("", 0));
  const found = tokens.map((token): TextToken => {
    const name = token.tokenType.name.replace(/^'(.*)'$/, "$1");
    const start = token.startOffset;
    return { kind: KINDS.get(name) ?? "name", text: token.image, start, end: start + token.image.length };
  });
  for (const { span, text: inner, doc } of comments)
    found.push({ kind: "comment", text: `${doc ? "///" : "//"}${inner}`, start: span.start, end: span.end });
  return found.sort((a, b) => a.start - b.start);
}
