// Walks over the tokens of a text: what stands next, what must stand there, where nodes begin and end, what is missing.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import type { Place } from "./place.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import type { TokenList } from "./token-list.ts";
import { type Kind, labelOf, NOTE } from "./tokens.ts";

/** Nesting that every later phase can walk without fear for its stack. */
export const MAX_NESTING = 64;

/** The number of a token in its list. */
export type Token = number;

export abstract class Cursor {
  protected readonly tokens: TokenList;
  protected readonly place: Place;
  readonly #sink: Diagnostic[];
  /** The next token. */
  protected here: Token = 0;
  /** Its kind: kept here, for it is asked for all the time. */
  protected kind: Kind;
  protected nesting = 0;

  /** `sink` takes what is found. */
  constructor(tokens: TokenList, place: Place, sink: Diagnostic[]) {
    this.tokens = tokens;
    this.place = place;
    this.#sink = sink;
    this.kind = tokens.kind(0);
  }

  // --------------------------------------------------------------------------------------------------- what stands next

  /** Whether a token of `kind` stands next, or `ahead` tokens after the next. */
  protected at(kind: Kind, ahead = 0): boolean {
    return (ahead === 0 ? this.kind : this.tokens.kind(this.here + ahead)) === kind;
  }
  /** Whether a word that can be a name everywhere stands next. */
  protected atWord(ahead = 0): boolean {
    return this.tokens.has(this.here + ahead, NOTE.word);
  }
  protected atAnyWord(ahead = 0): boolean {
    return this.tokens.has(this.here + ahead, NOTE.anyWord);
  }
  protected atInfix(ahead = 0): boolean {
    return this.tokens.has(this.here + ahead, NOTE.infix);
  }
  /** Whether an expression can begin with what stands next. */
  protected atExpression(): boolean {
    return this.tokens.has(this.here, NOTE.starts);
  }
  /** Whether the token is the first on its line. */
  protected isFirst(token: Token): boolean {
    return this.tokens.has(token, NOTE.first);
  }

  /** Goes past the next token, whatever it is; stays at the end. */
  protected take(): Token {
    const token = this.here;
    if (this.kind !== "End") {
      this.here = token + 1;
      this.kind = this.tokens.kinds[token + 1] ?? "End";
    }
    return token;
  }
  protected eat(kind: Kind): boolean {
    if (this.kind !== kind) return false;
    this.take();
    return true;
  }
  /** Fails where another token stands; `what` was expected. */
  protected expect(kind: Kind, what?: string): Token {
    if (this.kind !== kind) this.fail(this.expected(what ?? labelOf(kind)));
    return this.take();
  }

  // ------------------------------------------------------------------------------------------------------------- places

  protected spanOf(token: Token): Span {
    return this.tokens.between(token, token, this.place);
  }
  /** From the token `first` to the last one that was taken. */
  protected from(first: Token): Span {
    if (this.here > first) return this.tokens.between(first, this.here - 1, this.place);
    const start = this.tokens.start(first);
    return this.place.span(start, start);
  }
  /** From the start of a node to the last token that was taken. */
  protected after(first: Span): Span {
    const last = this.#lastEnd();
    return {
      file: first.file,
      start: first.start,
      end: Math.max(first.end, this.place.span(last, last).end),
    };
  }
  #lastEnd(): number {
    return this.here === 0 ? 0 : this.tokens.end(this.here - 1);
  }

  // ----------------------------------------------------------------------------------------------------------- mistakes

  protected readonly report = (diagnostic: Diagnostic): void => {
    this.#sink.push(diagnostic);
  };
  protected fail(diagnostic: Diagnostic): never {
    throw new SyntaxFailure(diagnostic);
  }

  /** Where something is missing: at the next token when it is on the same line, else right after the last one. */
  protected missingHere(): Span {
    const atStart = this.here === 0;
    if (!this.at("End") && (atStart || !this.isFirst(this.here))) return this.spanOf(this.here);
    const end = atStart ? this.tokens.text.length : this.#lastEnd();
    return this.place.span(end, end);
  }

  /** Says that something else was expected where the next token stands. */
  protected expected(what: string): Diagnostic {
    if (this.at(";")) return report["needless-semicolon"](this.spanOf(this.here));
    return report.expected(this.missingHere(), { what, found: this.describe(this.here) });
  }
  /** Says that something else was expected where the last token stands. */
  protected expectedBefore(what: string): Diagnostic {
    const token = this.here - 1;
    return report.expected(this.spanOf(token), { what, found: this.describe(token) });
  }

  /** A token in the words of a message; long ones are cut. */
  protected describe(token: Token): string {
    if (this.tokens.kind(token) === "End") return "the end of the text";
    const image = this.tokens.image(token);
    const short = image.length > 40 ? `${image.slice(0, 39)}…` : image;
    return this.tokens.kind(token) === "QuotedName" ? short : `\`${short}\``;
  }

  /** Takes the brace that closes `open`; `what` could have stood before it. */
  protected close(open: Token, what: string): void {
    if (this.at("End")) this.fail(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
    this.expect("}", `${what} or \`}\``);
  }

  /** Parses by `parse`; on a mistake reports it, goes on where `resume` says, and gives undefined. */
  protected attempt<Node>(parse: () => Node, resume: () => void): Node | undefined {
    const nesting = this.nesting;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      this.report(error.diagnostic);
      this.nesting = nesting;
      this.recover();
      resume();
      return undefined;
    }
  }
  /** Forgets what an unfinished node had noted. */
  protected abstract recover(): void;

  /** Parses the whole text by one rule; undefined, and reported, when it does not fit. */
  whole<Node>(rule: () => Node): Node | undefined {
    return this.attempt(
      () => {
        const node = rule();
        if (!this.at("End")) this.fail(this.#unexpectedRest());
        return node;
      },
      () => undefined,
    );
  }
  #unexpectedRest(): Diagnostic {
    const span = this.spanOf(this.here);
    if (this.at(";")) return report["needless-semicolon"](span);
    return report.expected(span, { what: "the end", found: this.describe(this.here) });
  }

  /** Bounds recursion: the stack of this parser, and of everything that walks its trees. Leave by `this.nesting -= 1`. */
  protected enter(limit = MAX_NESTING): void {
    if (this.nesting >= limit) this.fail(report["too-deep"](this.spanOf(this.here), { limit }));
    this.nesting += 1;
  }
}
