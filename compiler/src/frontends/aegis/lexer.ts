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
import { TokenList } from "./token-list.ts";
import { keyword, type Kind, NOTE, notesOfKind, NUMERIC, signAt } from "./tokens.ts";

export interface LexResult {
  readonly tokens: TokenList;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws; linear in the length of the text. */
export function lex(text: string, place: Place): LexResult {
  const hidden = findHiddenCharacters(text);
  const lexer = new Lexer(text, blankOut(text, hidden), place);
  lexer.diagnostics.push(...hidden.map((each) => reportHidden(each, place.span(each.start, each.end))));
  return lexer.run();
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

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Letters and `_`. */
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
/** By code, for what is asked of every character: one look into a table is quick before the code is compiled, too. */
const IN_WORD: readonly boolean[] = Array.from({ length: 128 }, (_, code) => isLetter(code) || isDigit(code));

class Lexer {
  readonly diagnostics: Diagnostic[] = [];
  readonly #comments: Comment[] = [];
  readonly #tokens: TokenList;
  /** As the author wrote it. */
  readonly #written: string;
  readonly #text: string;
  readonly #place: Place;
  #at = 0;
  /** Open braces. */
  #depth = 0;
  /** Whether a line has begun since the last token. */
  #newLine = true;
  /** `///` lines since the last token. */
  #docs: string[] | null = null;
  /** The last run of characters on the line that are no token: the first one of a line is reported. */
  #stray: { readonly start: number; end: number } | null = null;

  constructor(written: string, text: string, place: Place) {
    this.#written = written;
    this.#text = text;
    this.#place = place;
    this.#tokens = new TokenList(text);
  }

  run(): LexResult {
    while (this.#at < this.#text.length) this.#step();
    this.#reportStray();
    return { tokens: this.#tokens, comments: this.#comments, diagnostics: this.diagnostics };
  }

  #step(): void {
    // One step for a token and the spaces before it.
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
    if (this.#at === this.#text.length) return;
    const code = this.#text.charCodeAt(this.#at);
    if (isLetter(code)) {
      if (code === LETTER_R && this.#text.startsWith('re"', this.#at)) this.#quoted("Regex", this.#at + 3);
      else this.#word();
    } else if (isDigit(code)) this.#number();
    else
      switch (code) {
        case NEWLINE:
          this.#newLine = true;
          this.#reportStray();
          this.#at += 1;
          break;
        case TAB:
        case RETURN:
          this.#at += 1;
          break;
        case QUOTE:
          this.#quoted("Text", this.#at + 1);
          break;
        case SINGLE_QUOTE:
        case BACK_QUOTE:
          this.#closed(code);
          break;
        case SLASH:
          if (this.#text.charCodeAt(this.#at + 1) === SLASH) this.#comment();
          else this.#strayCharacter();
          break;
        default:
          this.#sign();
      }
  }

  #word(): void {
    const start = this.#at;
    const text = this.#text;
    let end = start + 1;
    while (IN_WORD[text.charCodeAt(end)] === true) end += 1;
    const known = keyword(text.slice(start, end));
    if (known === undefined) this.#add("Name", end);
    else this.#add(known.kind, end, known.notes);
  }

  #number(): void {
    const start = this.#at;
    let end = start + 1;
    while (isDigit(this.#text.charCodeAt(end))) end += 1;
    const next = this.#text.charCodeAt(end);
    if (!isLetter(next) && next !== DOT && next !== MINUS) return this.#add("Number", end);
    for (const kind of ["Time", "Duration", "Number"] as const) {
      NUMERIC[kind].lastIndex = start;
      if (NUMERIC[kind].test(this.#text)) return this.#add(kind, NUMERIC[kind].lastIndex);
    }
    NUMERIC.BadNumber.lastIndex = start;
    NUMERIC.BadNumber.test(this.#text);
    end = NUMERIC.BadNumber.lastIndex;
    this.diagnostics.push(reportStuckLetters(this.#text.slice(start, end), this.#place.span(start, end)));
    this.#add("Number", end, notesOfKind("Number") | NOTE.broken);
  }

  /** A text or a pattern whose inside begins at `from`; where no quote closes it on its line, all of the line is it. */
  #quoted(kind: "Text" | "Regex", from: number): void {
    const text = this.#text;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return this.#add(kind, at + 1);
      if (code === NEWLINE) return this.#open(kind, at);
      if (code === BACKSLASH && text.charCodeAt(at + 1) !== NEWLINE) at += 1;
    }
    this.#open(kind, text.length);
  }
  #open(kind: "Text" | "Regex", end: number): void {
    this.diagnostics.push(reportOpenText(this.#place.span(this.#at, end)));
    this.#add(kind, end, notesOfKind(kind) | NOTE.broken);
  }

  /** A name in back-quotes, or a text in single quotes, which is a habit from elsewhere. */
  #closed(quote: number): void {
    const text = this.#text;
    const start = this.#at;
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== quote && text.charCodeAt(end) !== NEWLINE) end += 1;
    if (text.charCodeAt(end) !== quote) return this.#strayCharacter();
    end += 1;
    const span = this.#place.span(start, end);
    if (quote === SINGLE_QUOTE) this.diagnostics.push(reportSingleQuotes(text.slice(start, end), span));
    else if (end === start + 2) this.diagnostics.push(reportEmptyName(span));
    this.#add(quote === SINGLE_QUOTE ? "Text" : "QuotedName", end);
  }

  #sign(): void {
    const sign = signAt(this.#text, this.#at);
    if (sign === undefined) return this.#strayCharacter();
    const end = this.#at + sign.text.length;
    if (sign.text !== sign.kind)
      this.diagnostics.push(reportWrongSign(sign.text, sign.kind, this.#place.span(this.#at, end)));
    if (sign.kind === "}") this.#depth = Math.max(0, this.#depth - 1);
    this.#add(sign.kind, end, sign.notes);
    if (sign.kind === "{") this.#depth += 1;
  }

  /** Takes what stands up to `end` as a token. */
  #add(kind: Kind, end: number, notes = notesOfKind(kind)): void {
    const doc = this.#docs === null ? null : this.#docs.join("\n");
    const first = this.#newLine ? NOTE.first : 0;
    this.#tokens.add(kind, this.#at, end, notes | first | (this.#depth * NOTE.depth), doc);
    this.#docs = null;
    this.#newLine = false;
    this.#at = end;
  }

  #comment(): void {
    const start = this.#at;
    const newline = this.#text.indexOf("\n", start);
    this.#at = newline < 0 ? this.#text.length : newline;
    const end = this.#text.charCodeAt(this.#at - 1) === RETURN ? this.#at - 1 : this.#at;
    const image = this.#text.slice(start, end);
    const doc = isDoc(image);
    this.#comments.push({ span: this.#place.span(start, end), text: image.slice(doc ? 3 : 2), doc });
    if (doc && this.#newLine) (this.#docs ??= []).push(image.slice(3).trim());
  }

  #strayCharacter(): void {
    const at = this.#at++;
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
