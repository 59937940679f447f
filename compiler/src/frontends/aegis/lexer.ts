// Text to tokens: types words as keywords, notes where lines and blocks begin, reports what is no token.
import { type IToken, Lexer } from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { findHiddenCharacters, type HiddenCharacters } from "../../source/hidden-characters.ts";
import type { Span } from "../../source/span.ts";
import type { Comment } from "../../syntax/ast.ts";
import type { Place } from "./place.ts";
import { K, keywordType, LEXED_TOKENS, MISTAKES, T } from "./tokens.ts";

let shared: Lexer | undefined;

/** The tokens do not change while the program runs; a test validates them. */
export const createLexer = (validate: boolean): Lexer =>
  new Lexer(LEXED_TOKENS, {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: !validate,
  });

/** What the parser wants to know about a token besides its type. */
export interface TokenNotes {
  /** First on its line. */
  readonly first: boolean;
  /** Open braces before it. */
  readonly depth: number;
  /** Text of the `///` lines right before it. */
  readonly doc: string | null;
}
const PLAIN: TokenNotes = { first: false, depth: 0, doc: null };
export const notesOf = (token: IToken): TokenNotes => (token.payload as TokenNotes | undefined) ?? PLAIN;

export interface LexResult {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws; linear in the length of the text. */
export function lex(text: string, place: Place): LexResult {
  const at = (start: number, end: number) => place.span(start, end);
  const diagnostics: Diagnostic[] = [];
  const hidden = findHiddenCharacters(text);
  for (const each of hidden) diagnostics.push(reportHidden(each, at(each.start, each.end)));
  const { tokens, groups, errors } = (shared ??= createLexer(false)).tokenize(blankOut(text, hidden));
  let line = -1;
  for (const error of errors) {
    // One a line: what follows the first is often of the same making.
    if (line >= 0 && !hasNewline(text, line, error.offset)) continue;
    line = error.offset;
    diagnostics.push(
      reportCharacter(text.slice(error.offset, error.offset + error.length), error.offset, place),
    );
  }
  const comments = (groups["comments"] ?? []).map((token): Comment =>
    readComment(token, at(token.startOffset, token.startOffset + token.image.length)),
  );
  annotate(tokens, groups["comments"] ?? [], text);
  for (const token of tokens) {
    const mistake = reportMistake(token, place);
    if (mistake !== undefined) diagnostics.push(mistake);
  }
  return { tokens, comments, diagnostics };
}

/** Hidden characters are reported here and become spaces, so that nothing after this looks at them. */
function blankOut(text: string, hidden: readonly HiddenCharacters[]): string {
  let result = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  if (hidden.length === 0) return result;
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of hidden) {
    parts.push(result.slice(last, start), " ".repeat(end - start));
    last = end;
  }
  result = parts.join("") + result.slice(last);
  return result;
}

function reportHidden({ kind, code }: HiddenCharacters, span: Span): Diagnostic {
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

function reportCharacter(piece: string, offset: number, place: Place): Diagnostic {
  const char = String.fromCodePoint(piece.codePointAt(0) ?? 0);
  const hint = CHARACTER_HINTS.get(char) ?? "delete it, or put it into a text in double quotes";
  const character = char === "`" ? "back-quote" : `\`${char}\``;
  return report["unexpected-character"](place.span(offset, offset + piece.length), { character, hint });
}

const isDoc = (image: string): boolean => image.startsWith("///") && !image.startsWith("////");

function readComment(token: IToken, span: Comment["span"]): Comment {
  const image = token.image.replace(/\r$/, "");
  const doc = isDoc(image);
  return {
    span: { ...span, end: span.end - (token.image.length - image.length) },
    text: image.slice(doc ? 3 : 2),
    doc,
  };
}

/** Types words as keywords and notes line starts, depth and documentation; one pass over tokens and comments. */
function annotate(tokens: readonly IToken[], comments: readonly IToken[], text: string): void {
  let depth = 0;
  let end = 0;
  let comment = 0;
  for (const token of tokens) {
    if (token.tokenType === T.identifier) {
      const type = keywordType(token.image);
      if (type !== undefined) {
        token.tokenType = type;
        token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
      }
    }
    let doc: string[] | null = null;
    for (let next = comments[comment]; next !== undefined && next.startOffset < token.startOffset;) {
      const ownLine = end === 0 || hasNewline(text, end, next.startOffset);
      if (ownLine && isDoc(next.image)) (doc ??= []).push(next.image.slice(3).trim());
      next = comments[++comment];
    }
    if (token.tokenType === T.rightBrace) depth = Math.max(0, depth - 1);
    const first = end === 0 || hasNewline(text, end, token.startOffset);
    token.payload = { first, depth, doc: doc === null ? null : doc.join("\n") } satisfies TokenNotes;
    if (token.tokenType === T.leftBrace) depth += 1;
    end = token.startOffset + token.image.length;
  }
}

function hasNewline(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (text.charCodeAt(index) === 10) return true;
  return false;
}

const WRONG_OPERATORS = new Map<IToken["tokenType"], string>([
  [MISTAKES.andSign, "and"],
  [MISTAKES.orSign, "or"],
  [MISTAKES.notSign, "not"],
  [MISTAKES.equal3, "=="],
  [MISTAKES.notEqual3, "!="],
  [MISTAKES.notEqualSql, "!="],
]);

function reportMistake(token: IToken, place: Place): Diagnostic | undefined {
  const type = token.tokenType;
  if (type === K.and) return undefined;
  const span = () => place.span(token.startOffset, token.startOffset + token.image.length);
  const instead = WRONG_OPERATORS.get(type);
  if (instead !== undefined) {
    const newText = type === MISTAKES.notSign ? "not " : instead;
    return report["wrong-operator"](
      span(),
      { found: token.image, instead },
      { fixes: [{ title: `Write \`${instead}\``, edits: [{ span: span(), newText }] }] },
    );
  }
  switch (type) {
    case MISTAKES.singleQuoted:
      return report["single-quotes"](
        span(),
        {},
        {
          fixes: [
            {
              title: "Use double quotes",
              edits: [{ span: span(), newText: `"${token.image.slice(1, -1).replace(/(?<!\\)"/g, '\\"')}"` }],
            },
          ],
        },
      );
    case MISTAKES.openString:
    case MISTAKES.openRegex:
      return report["unclosed-text"](span());
    case MISTAKES.badNumber:
      return report["bad-number"](span(), {
        text: token.image.slice(0, 40),
        hint: "a number is digits, or digits with a fraction after a dot; durations end in `ms`, `s`, `m`, `h` or `d`; a name does not begin with a digit",
      });
    case T.quotedName:
      return token.image.length > 2 ? undefined : report["empty-name"](span());
    default:
      return undefined;
  }
}
