// What all rules of the grammar share: spans, names, literals, exact messages, depth bound, recovery.
import {
  EmbeddedActionsParser,
  EOF,
  type IRecognitionException,
  type IParserErrorMessageProvider,
  isRecognitionException,
  type IToken,
  type TokenType,
  tokenMatcher,
} from "chevrotain";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import type { Template } from "../../syntax/ast.ts";
import type { Name, NumberLiteral, QualifiedName, StringLiteral } from "../../syntax/expression.ts";
import { LazyLookahead } from "./lazy-lookahead.ts";
import { notesOf } from "./lexer.ts";
import { type Place, placeAt } from "./place.ts";
import { decodeText, type EscapeSet, readDuration, readTime } from "./strings.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { AnyWord, MISTAKES, PARSED_TOKENS, T, Word } from "./tokens.ts";

/** Nesting that every later phase can walk without fear for its stack. */
export const MAX_NESTING = 64;

const labelOf = (type: TokenType): string => type.LABEL ?? type.name;

/** Only says what was expected; the base class adds what was found and where. */
const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => labelOf(expected),
  buildNotAllInputParsedMessage: () => "the end",
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
};

/** A text with placeholders whose expressions are parsed when the rest of the file has been. */
export interface PendingTemplate {
  readonly inner: string;
  readonly offset: number;
  readonly parts: Template["parts"][number][];
}

export abstract class ParserBase extends EmbeddedActionsParser {
  protected place: Place = placeAt("", 0);
  protected end = 0;
  protected diagnostics: Diagnostic[] = [];
  /** Height of the expression that was parsed last. */
  protected height = 0;
  protected nesting = 0;
  /** In the `then` of an `if`, where `else` ends the branch. */
  protected elseEnds = false;
  pending: PendingTemplate[] = [];

  constructor(validate: boolean) {
    super(PARSED_TOKENS, {
      maxLookahead: 1,
      lookaheadStrategy: new LazyLookahead({ maxLookahead: 1 }),
      recoveryEnabled: false,
      nodeLocationTracking: "none",
      // The grammar does not change while the program runs; a test validates it.
      skipValidations: !validate,
      errorMessageProvider: messages,
    });
  }

  /** Makes ready for a new text. */
  begin(tokens: IToken[], place: Place, end: number, diagnostics: Diagnostic[]): void {
    this.input = tokens;
    this.place = place;
    this.end = end;
    this.diagnostics = diagnostics;
    this.height = 0;
    this.nesting = 0;
    this.elseEnds = false;
    this.pending = [];
  }

  // ------------------------------------------------------------------------------------------------------- places

  protected spanOf(token: IToken): Span {
    return this.place.span(token.startOffset, token.startOffset + token.image.length);
  }
  /** From the token `first` to the last one consumed. */
  protected from(first: IToken): Span {
    if (this.RECORDING_PHASE) return this.place.span(0, 0);
    const last = this.LA(0);
    return this.place.span(
      first.startOffset,
      Math.max(first.startOffset, last.startOffset + last.image.length),
    );
  }
  /** From the start of a node to the last token consumed. */
  protected after(first: Span): Span {
    if (this.RECORDING_PHASE) return first;
    const last = this.LA(0);
    const end = this.place.span(last.startOffset, last.startOffset + last.image.length).end;
    return { file: first.file, start: first.start, end: Math.max(first.end, end) };
  }
  protected next(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  // ------------------------------------------------------------------------------------------------------ mistakes

  protected report(diagnostic: Diagnostic): void {
    if (!this.RECORDING_PHASE) this.diagnostics.push(diagnostic);
  }
  protected fail(diagnostic: Diagnostic): never {
    throw new SyntaxFailure(diagnostic);
  }
  protected readonly sink = (diagnostic: Diagnostic): void => this.report(diagnostic);

  /** Where something is missing: at the next token when it is on the same line, else right after the last one. */
  protected missingAt(token: IToken, previous: IToken = this.LA(0)): Span {
    const atStart = previous.tokenType === EOF || Number.isNaN(previous.startOffset);
    if (token.tokenType !== EOF && (atStart || !notesOf(token).first)) return this.spanOf(token);
    const end = atStart ? this.end : previous.startOffset + previous.image.length;
    return this.place.span(end, end);
  }

  protected expected(what: string, token: IToken = this.LA(1), previous: IToken = this.LA(0)): Diagnostic {
    if (token.tokenType === MISTAKES.semicolon) return report["needless-semicolon"](this.spanOf(token));
    return report.expected(this.missingAt(token, previous), { what, found: describe(token) });
  }

  /** Says that something else was expected where the last token stands. */
  protected expectedBefore(what: string): Diagnostic {
    const token = this.LA(0);
    return report.expected(this.spanOf(token), { what, found: describe(token) });
  }

  /** Consumes the brace that closes `open`; `what` could have stood before it. */
  protected close(open: IToken, what: string): void {
    if (!this.RECORDING_PHASE && this.next(EOF))
      this.fail(report.unclosed(this.spanOf(open), { open: "{", close: "}" }));
    this.CONSUME(T.rightBrace, { ERR_MSG: `${what} or \`}\`` });
  }

  protected abstract atDeclaration(): boolean;
  protected abstract atNamedRule(): boolean;

  /** Fails when the text goes on with the next rule or declaration before `what` has come. */
  protected needs(what: string): void {
    if (notesOf(this.LA(1)).first && !this.RECORDING_PHASE && (this.atNamedRule() || this.atDeclaration()))
      this.fail(this.expected(what));
  }

  /** Runs a rule; on a mistake reports it, goes on where `resume` says, and gives undefined. */
  protected attempt<Node>(parse: () => Node, resume: () => void): Node | undefined {
    const nesting = this.nesting;
    try {
      return parse();
    } catch (error) {
      if (error instanceof SyntaxFailure) this.report(error.diagnostic);
      else if (error instanceof Error && isRecognitionException(error)) this.report(this.explain(error));
      else throw error;
      this.nesting = nesting;
      this.elseEnds = false;
      resume();
      return undefined;
    }
  }

  private explain(error: object): Diagnostic {
    const { message, token, previousToken } = error as IRecognitionException & { previousToken?: IToken };
    return this.expected(message, token, previousToken ?? token);
  }

  /** Parses the whole input by one rule; undefined, and reported, when it does not fit. */
  whole<Node>(rule: () => Node): Node | undefined {
    try {
      const node = rule();
      const error = this.errors[0];
      if (error === undefined) return node;
      this.report(this.explain(error));
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      this.report(error.diagnostic);
    }
    return undefined;
  }

  /** Bounds recursion: the stack of this parser, and of everything that walks its trees. */
  protected nested<Node>(first: IToken, parse: () => Node, limit = MAX_NESTING): Node {
    if (this.nesting >= limit && !this.RECORDING_PHASE)
      this.fail(report["too-deep"](this.spanOf(first), { limit }));
    this.nesting += 1;
    const node = parse();
    this.nesting -= 1;
    return node;
  }

  // -------------------------------------------------------------------------------------------- names and literals

  protected nameFrom(token: IToken): Name {
    const quoted = token.tokenType === T.quotedName;
    return {
      kind: "name",
      span: this.spanOf(token),
      text: quoted ? token.image.slice(1, -1) : token.image,
    };
  }

  /** A name that is declared or referred to on its own; `what` completes "expected". */
  protected readonly name = this.RULE("name", (what: string = "a name"): Name => {
    const token = this.LA(1);
    if (!this.RECORDING_PHASE && !tokenMatcher(token, Word)) this.failName(token, what);
    return this.nameFrom(this.CONSUME(Word));
  });

  /** A name in a place where no word has another meaning. */
  protected readonly anyName = this.RULE("anyName", (what: string = "a name"): Name => {
    const token = this.LA(1);
    if (!this.RECORDING_PHASE && !tokenMatcher(token, AnyWord)) this.failName(token, what);
    return this.nameFrom(this.CONSUME(AnyWord));
  });

  private failName(token: IToken, what: string): never {
    if (tokenMatcher(token, AnyWord) && !notesOf(token).first)
      this.fail(report["reserved-word"](this.spanOf(token), { word: token.image }));
    const inner = token.image.slice(1, -1);
    if (token.tokenType === T.string && !notesOf(token).first) {
      const newText = /^[A-Za-z_]\w*$/.test(inner) ? inner : `\`${inner.replace(/[`\\]/g, "")}\``;
      const instead = newText.startsWith("`") ? `it in back-quotes` : `\`${newText}\``;
      const span = this.spanOf(token);
      const fixes = [{ title: "Write it as a name", edits: [{ span, newText }] }];
      this.fail(report["quoted-name"](span, { instead }, { fixes }));
    }
    this.fail(this.expected(what, token));
  }

  /** `a.b.c`: stops before a dot that is followed by `*`, `{` or `**`. */
  protected readonly qualifiedName = this.RULE("qualifiedName", (what: string = "a name"): QualifiedName => {
    const parts = [this.SUBRULE(this.name, { ARGS: [what] })];
    this.MANY({
      GATE: () => tokenMatcher(this.LA(2), AnyWord),
      DEF: () => {
        this.CONSUME(T.dot);
        parts.push(this.SUBRULE(this.anyName));
      },
    });
    return this.qualified(parts);
  });

  protected qualified(parts: readonly Name[]): QualifiedName {
    const first = parts[0];
    const last = parts[parts.length - 1];
    const span =
      first === undefined || last === undefined || this.RECORDING_PHASE
        ? this.place.span(0, 0)
        : { file: first.span.file, start: first.span.start, end: last.span.end };
    return { kind: "qualified-name", span, parts };
  }

  protected stringFrom(token: IToken, set: EscapeSet = "text"): StringLiteral {
    const inner = token.image.slice(1, token.tokenType === MISTAKES.openString ? undefined : -1);
    const value = this.RECORDING_PHASE
      ? ""
      : decodeText(inner, set, token.startOffset + 1, this.place, this.sink);
    return { kind: "string", span: this.spanOf(token), value };
  }
  protected readonly stringLiteral = this.RULE("stringLiteral", (what?: string): StringLiteral =>
    this.stringFrom(this.CONSUME(T.string, what === undefined ? {} : { ERR_MSG: what })),
  );

  /** The text of a `because` or `hint`; placeholders are parsed once the parser is free again. */
  protected readonly template = this.RULE(
    "template",
    (what: string = "a text in double quotes"): Template => {
      const token = this.CONSUME(T.string, { ERR_MSG: what });
      if (!this.RECORDING_PHASE) this.checkQuote(token);
      const parts: Template["parts"][number][] = [];
      if (!this.RECORDING_PHASE)
        this.pending.push({
          inner: token.image.slice(1, token.tokenType === MISTAKES.openString ? undefined : -1),
          offset: token.startOffset + 1,
          parts,
        });
      return { span: this.spanOf(token), parts };
    },
  );

  /** `"to {args.headers["host"]}"`: the text has ended in its placeholder. */
  private checkQuote(token: IToken): void {
    const { image, startOffset } = token;
    const end = startOffset + image.length;
    if (this.LA(1).startOffset === end && image.lastIndexOf("{") > image.lastIndexOf("}"))
      this.fail(report["quote-in-placeholder"](this.place.span(end - 1, end)));
  }

  /** A number as a literal: no exponent, no leading zero; `sign` is the minus before it, if there is one. */
  protected numberFrom(token: IToken, sign: IToken | null = null): NumberLiteral {
    const text = token.image.replaceAll("_", "");
    if (
      !this.RECORDING_PHASE &&
      token.tokenType !== MISTAKES.badNumber &&
      !/^(0|[1-9]\d*)(\.\d+)?$/.test(text)
    )
      this.report(
        report["bad-number"](this.spanOf(token), {
          text: token.image.slice(0, 40),
          hint: /[eE]/.test(text)
            ? "write all its digits, without an exponent"
            : "leave out the leading zeros",
        }),
      );
    return {
      kind: "number",
      span: sign === null ? this.spanOf(token) : this.from(sign),
      text: sign === null ? text : `-${text}`,
    };
  }
  protected readonly signedNumber = this.RULE("signedNumber", (): NumberLiteral => {
    const sign = this.OPTION(() => this.CONSUME(T.minus));
    const token = this.CONSUME(T.number);
    return this.numberFrom(token, this.RECORDING_PHASE || sign === undefined ? null : sign);
  });
  /** A plain count: `max 1000`, `2 of`, `truncate 8`. */
  protected readonly count = this.RULE("count", (): number => {
    const token = this.CONSUME(T.number, { ERR_MSG: "a whole number" });
    if (this.RECORDING_PHASE) return 0;
    const value = Number(this.numberFrom(token).text);
    if (Number.isSafeInteger(value)) return value;
    this.report(
      report["bad-number"](this.spanOf(token), {
        text: token.image.slice(0, 40),
        hint: "a whole number belongs here",
      }),
    );
    return 1;
  });

  protected milliseconds(token: IToken): number {
    if (this.RECORDING_PHASE) return 0;
    const value = readDuration(token.image);
    if (value === undefined)
      this.report(
        report["bad-number"](this.spanOf(token), { text: token.image.slice(0, 40), hint: "it is too large" }),
      );
    return value ?? 0;
  }
  protected moment(token: IToken): number {
    if (this.RECORDING_PHASE) return 0;
    const value = readTime(token.image);
    if (value === undefined) this.report(report["bad-time"](this.spanOf(token), { text: token.image }));
    return value ?? 0;
  }
  protected readonly timeLiteral = this.RULE("timeLiteral", (): number =>
    this.moment(this.CONSUME(T.time, { ERR_MSG: "a date such as `2027-01-31`" })),
  );
}

/** A token in the words of a message; long ones are cut. */
export function describe(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the text";
  const image = token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  return token.tokenType === T.quotedName ? image : `\`${image}\``;
}
