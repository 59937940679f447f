// Text to tokens: one pass over the characters, which also notes where lines and blocks begin and what is documented.
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { findHiddenCharacters, type HiddenCharacters } from "../../source/hidden-characters.ts";
import type { Comment } from "../../syntax/ast.ts";
import {
  reportCharacters,
  reportEmptyName,
  reportHidden,
  reportOpenText,
  reportSingleQuotes,
  reportStuckLetters,
  reportWrongSign,
} from "./lexical-mistakes.ts";
import type { Place } from "./place.ts";
import { END, NOTES, START, TokenList, WIDTH } from "./token-list.ts";
import {
  brokenToken,
  keyword,
  type Kind,
  NOTE,
  NUMERIC,
  shortSign,
  signAt,
  type TokenClass,
  tokenOf,
} from "./tokens.ts";

export interface LexResult {
  readonly tokens: TokenList;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether every brace that opens is closed, and none else. */
  readonly level: boolean;
}

/** Hidden characters become spaces, so that nothing after this looks at them. */
function blankOut(text: string, hidden: readonly HiddenCharacters[]): string {
  const result = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  if (hidden.length === 0) return result;
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of hidden) {
    parts.push(result.slice(last, start), " ".repeat(end - start));
    last = end;
  }
  return parts.join("") + result.slice(last);
}

const isDoc = (image: string): boolean => image.startsWith("///") && !image.startsWith("////");

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const SINGLE_QUOTE = 39;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;
const BACK_QUOTE = 96;
const LETTER_R = 114;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Letters and `_`. */
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

/** Where a word begins, by code: one look into a table is quick before the code is compiled, too. */
const LETTERS = Array.from({ length: 128 }, (_, code) => isLetter(code));

/** Where a word, and what stands in quotes, ends or may end. */
const NOT_IN_WORD = /\W/g;
const IN_QUOTES = /["\n\\]/g;
/** Where the next match begins, at `from` or behind it; the length of the text where none does. */
function search(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex - 1 : text.length;
}

/** Never throws; linear in the length of the text. */
export function lex(text: string, place: Place): LexResult {
  const hidden = findHiddenCharacters(text);
  const lexer = new Lexer(text, blankOut(text, hidden), place);
  lexer.diagnostics.push(...hidden.map((each) => reportHidden(each, place.span(each.start, each.end))));
  return lexer.run();
}

const NAME = tokenOf("Name");

class Lexer {
  readonly diagnostics: Diagnostic[] = [];
  readonly #comments: Comment[] = [];
  readonly #docs = new Map<number, string>();
  /** As the author wrote it. */
  readonly #written: string;
  readonly #text: string;
  readonly #place: Place;
  /** Where that ends which was read last. */
  #end = 0;
  /** The last run of characters on the line that are no token: the first one of a line is reported. */
  #stray: { readonly start: number; end: number } | null = null;

  constructor(written: string, text: string, place: Place) {
    this.#written = written;
    this.#text = text;
    this.#place = place;
  }

  /** Reads words and signs by itself, in local variables: before code is compiled, members and calls take most of its time. */
  run(): LexResult {
    const text = this.#text;
    const { length } = text;
    const kinds: Kind[] = [];
    let rows = new Int32Array(WIDTH * (8 + (length >> 2)));
    let room = rows.length;
    let row = 0;
    /** The note of the first token of a line, when a line has begun since the last one. */
    let first: number = NOTE.first;
    /** Open braces, as notes of a token. */
    let depth = 0;
    /** Whether none was closed that was not open. */
    let level = true;
    for (let at = 0; at < length;) {
      let code = text.charCodeAt(at);
      while (code === SPACE) code = text.charCodeAt(++at);
      let end = at + 1;
      let token: TokenClass | undefined;
      if (LETTERS[code] === true && (code !== LETTER_R || !text.startsWith('re"', at))) {
        end = search(NOT_IN_WORD, text, at);
        token = keyword(text.slice(at, end)) ?? NAME;
      } else if (code === NEWLINE) {
        first = NOTE.first;
        if (this.#stray !== null) this.#reportStray();
      } else if ((token = shortSign(code, text.charCodeAt(end))) === undefined) {
        token = this.#other(code, at, first === 0 ? -1 : kinds.length);
        end = this.#end;
      }
      if (token !== undefined) {
        if (code === CLOSING_BRACE) {
          if (depth > 0) depth -= NOTE.depth;
          else level = false;
        }
        if (row + WIDTH === room) {
          rows = twice(rows);
          room = rows.length;
        }
        kinds.push(token.kind);
        rows[row + START] = at;
        rows[row + END] = end;
        rows[row + NOTES] = token.notes | first | depth;
        row += WIDTH;
        first = 0;
        if (code === OPENING_BRACE) depth += NOTE.depth;
      }
      at = end;
    }
    this.#reportStray();
    rows[row + START] = length;
    rows[row + END] = length;
    const tokens = new TokenList(text, kinds, rows, this.#docs);
    return { tokens, comments: this.#comments, diagnostics: this.diagnostics, level: level && depth === 0 };
  }

  /** What is neither a plain word nor a short sign; undefined where it is no token. A `///` line before it is of the token `next`. */
  #other(code: number, at: number, next: number): TokenClass | undefined {
    const text = this.#text;
    this.#end = at + 1;
    switch (code) {
      case TAB:
      case RETURN:
        return undefined;
      case LETTER_R:
        return this.#quoted("Regex", at, at + 3);
      case QUOTE:
        return this.#quoted("Text", at, at + 1);
      case SINGLE_QUOTE:
      case BACK_QUOTE:
        return this.#closed(code, at);
      case SLASH:
        return text.charCodeAt(at + 1) === SLASH ? this.#comment(at, next) : this.#strayCharacter(at);
      default:
        return isDigit(code) ? this.#number(at) : this.#sign(at);
    }
  }

  #number(start: number): TokenClass {
    const text = this.#text;
    let end = start + 1;
    while (isDigit(text.charCodeAt(end))) end += 1;
    this.#end = end;
    const next = text.charCodeAt(end);
    if (!isLetter(next) && next !== DOT && next !== MINUS) return tokenOf("Number");
    for (const kind of ["Time", "Duration", "Number"] as const) {
      NUMERIC[kind].lastIndex = start;
      if (!NUMERIC[kind].test(text)) continue;
      this.#end = NUMERIC[kind].lastIndex;
      return tokenOf(kind);
    }
    NUMERIC.BadNumber.lastIndex = start;
    NUMERIC.BadNumber.test(text);
    this.#end = NUMERIC.BadNumber.lastIndex;
    this.diagnostics.push(
      reportStuckLetters(text.slice(start, this.#end), this.#place.span(start, this.#end)),
    );
    return brokenToken("Number");
  }

  /** A text or a pattern whose inside begins at `from`; where no quote closes it on its line, all of the line is it. */
  #quoted(kind: "Text" | "Regex", start: number, from: number): TokenClass {
    const text = this.#text;
    let end = search(IN_QUOTES, text, from);
    while (text.charCodeAt(end) === BACKSLASH)
      end = search(IN_QUOTES, text, end + (text.charCodeAt(end + 1) === NEWLINE ? 1 : 2));
    if (text.charCodeAt(end) === QUOTE) {
      this.#end = end + 1;
      return tokenOf(kind);
    }
    this.#end = end;
    this.diagnostics.push(reportOpenText(this.#place.span(start, end)));
    return brokenToken(kind);
  }

  /** A name in back-quotes, or a text in single quotes, which is a habit from elsewhere. */
  #closed(quote: number, start: number): TokenClass | undefined {
    const text = this.#text;
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== quote && text.charCodeAt(end) !== NEWLINE) end += 1;
    if (text.charCodeAt(end) !== quote) return this.#strayCharacter(start);
    end += 1;
    this.#end = end;
    const span = this.#place.span(start, end);
    if (quote === SINGLE_QUOTE) this.diagnostics.push(reportSingleQuotes(text.slice(start, end), span));
    else if (end === start + 2) this.diagnostics.push(reportEmptyName(span));
    return tokenOf(quote === SINGLE_QUOTE ? "Text" : "QuotedName");
  }

  #sign(start: number): TokenClass | undefined {
    const sign = signAt(this.#text, start);
    if (sign === undefined) return this.#strayCharacter(start);
    this.#end = start + sign.text.length;
    if (sign.text !== sign.kind)
      this.diagnostics.push(reportWrongSign(sign.text, sign.kind, this.#place.span(start, this.#end)));
    return sign;
  }

  #comment(start: number, next: number): undefined {
    const text = this.#text;
    const newline = text.indexOf("\n", start);
    this.#end = newline < 0 ? text.length : newline;
    const end = text.charCodeAt(this.#end - 1) === RETURN ? this.#end - 1 : this.#end;
    const image = text.slice(start, end);
    const doc = isDoc(image);
    this.#comments.push({ span: this.#place.span(start, end), text: image.slice(doc ? 3 : 2), doc });
    if (!doc || next < 0) return;
    const before = this.#docs.get(next);
    const line = image.slice(3).trim();
    this.#docs.set(next, before === undefined ? line : `${before}\n${line}`);
  }

  #strayCharacter(at: number): undefined {
    if (at === this.#text.length) return;
    if (this.#stray === null) this.#stray = { start: at, end: at + 1 };
    else if (this.#stray.end === at) this.#stray.end += 1;
  }
  /** One a line: what follows the first is often of the same making. */
  #reportStray(): void {
    if (this.#stray === null) return;
    const { start, end } = this.#stray;
    this.diagnostics.push(reportCharacters(this.#written.slice(start, end), this.#place.span(start, end)));
    this.#stray = null;
  }
}

function twice(rows: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(rows.length * 2);
  larger.set(rows);
  return larger;
}
