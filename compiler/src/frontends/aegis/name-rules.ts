// Grammar of names, numbers, texts and dates: what all other rules are made of.
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import type { Template } from "../../syntax/ast.ts";
import type { Name, NumberLiteral, QualifiedName, StringLiteral } from "../../syntax/expression.ts";
import { Cursor, type Token } from "./cursor.ts";
import { decodeText, type EscapeSet, readDuration, readTime } from "./strings.ts";
import { NOTE } from "./tokens.ts";

/** A text with placeholders whose expressions are parsed when the rest of the file has been. */
export interface PendingTemplate {
  readonly inner: string;
  readonly offset: number;
  readonly template: { -readonly [Key in keyof Template]: Template[Key] };
}

export abstract class NameRules extends Cursor {
  readonly pending: PendingTemplate[] = [];

  // -------------------------------------------------------------------------------------------------------------- names

  /** The next token as a name. */
  protected takeName(): Name {
    const quoted = this.kind === "QuotedName";
    const token = this.take();
    const image = this.tokens.image(token);
    return { kind: "name", span: this.spanOf(token), text: quoted ? image.slice(1, -1) : image };
  }

  /** A name that is declared or referred to on its own; `what` completes "expected". */
  protected name(what = "a name"): Name {
    return this.atWord() ? this.takeName() : this.#failName(what);
  }

  /** A name in a place where no word has another meaning. */
  protected anyName(what = "a name"): Name {
    return this.atAnyWord() ? this.takeName() : this.#failName(what);
  }

  #failName(what: string): never {
    const token = this.here;
    const image = this.tokens.image(token);
    if (this.isFirst(token)) this.fail(this.expected(what));
    if (this.atAnyWord()) this.fail(report["reserved-word"](this.spanOf(token), { word: image }));
    if (!this.at("Text") || this.tokens.has(token, NOTE.broken)) this.fail(this.expected(what));
    const inner = image.slice(1, -1);
    const newText = /^[A-Za-z_]\w*$/.test(inner) ? inner : `\`${inner.replace(/[`\\]/g, "")}\``;
    const instead = newText.startsWith("`") ? `it in back-quotes` : `\`${newText}\``;
    const span = this.spanOf(token);
    const fixes = [{ title: "Write it as a name", edits: [{ span, newText }] }];
    this.fail(report["quoted-name"](span, { instead }, { fixes }));
  }

  /** `a.b.c`: stops before a dot that is followed by `*`, `{` or `**`. */
  protected qualifiedName(what = "a name"): QualifiedName {
    const first = this.name(what);
    if (!this.#atPart()) return this.qualified([first]);
    const parts = [first, this.#part()];
    while (this.#atPart()) parts.push(this.#part());
    return this.qualified(parts);
  }
  #atPart(): boolean {
    return this.at(".") && this.atAnyWord(1);
  }
  #part(): Name {
    this.take();
    return this.takeName();
  }

  protected qualified(parts: readonly Name[]): QualifiedName {
    const first = parts[0];
    const last = parts[parts.length - 1];
    if (first !== undefined && first === last) return { kind: "qualified-name", span: first.span, parts };
    const span =
      first === undefined || last === undefined
        ? this.place.span(0, 0)
        : { file: first.span.file, start: first.span.start, end: last.span.end };
    return { kind: "qualified-name", span, parts };
  }

  // -------------------------------------------------------------------------------------------------------------- texts

  /** What stands between the quotes of a text. */
  #inner(token: Token): string {
    const end = this.tokens.end(token);
    return this.tokens.text.slice(
      this.tokens.start(token) + 1,
      this.tokens.has(token, NOTE.broken) ? end : end - 1,
    );
  }

  protected stringLiteral(what?: string, set: EscapeSet = "text"): StringLiteral {
    const token = this.expect("Text", what);
    const offset = this.tokens.start(token) + 1;
    const value = decodeText(this.#inner(token), set, offset, this.place, this.report);
    return { kind: "string", span: this.spanOf(token), value };
  }

  /** The text of a `because` or `hint`; placeholders are parsed once the parser is free again. */
  protected template(what: string): Template {
    const token = this.expect("Text", what);
    this.#checkQuote(token);
    const template = { span: this.spanOf(token), parts: [] };
    this.pending.push({ inner: this.#inner(token), offset: this.tokens.start(token) + 1, template });
    return template;
  }

  /** `"to {args.headers["host"]}"`: the text has ended in its placeholder. */
  #checkQuote(token: Token): void {
    const end = this.tokens.end(token);
    if (this.at("End") || this.tokens.start(this.here) !== end) return;
    const image = this.tokens.image(token);
    if (image.lastIndexOf("{") > image.lastIndexOf("}"))
      this.fail(report["quote-in-placeholder"](this.place.span(end - 1, end)));
  }

  // ------------------------------------------------------------------------------------------------------------ numbers

  /** A number as a literal: no exponent, no leading zero; `sign` is the minus before it, if there is one. */
  protected number(sign: Token | null = null, what?: string): NumberLiteral {
    const token = this.expect("Number", what);
    const text = this.tokens.image(token).replaceAll("_", "");
    if (!this.tokens.has(token, NOTE.broken) && !/^(0|[1-9]\d*)(\.\d+)?$/.test(text))
      this.#badNumber(
        token,
        /[eE]/.test(text) ? "write all its digits, without an exponent" : "leave out the leading zeros",
      );
    if (sign === null) return { kind: "number", span: this.spanOf(token), text };
    return { kind: "number", span: this.from(sign), text: `-${text}` };
  }
  protected signedNumber(): NumberLiteral {
    const sign = this.here;
    return this.number(this.eat("-") ? sign : null);
  }
  /** A plain count: `max 1000`, `2 of`, `truncate 8`. */
  protected count(): number {
    const token = this.here;
    const value = Number(this.number(null, "a whole number").text);
    if (Number.isSafeInteger(value)) return value;
    this.#badNumber(token, "a whole number belongs here");
    return 1;
  }
  #badNumber(token: Token, hint: string): void {
    const text = this.tokens.image(token).slice(0, 40);
    this.report(report["bad-number"](this.spanOf(token), { text, hint }));
  }

  /** In milliseconds. */
  protected milliseconds(what?: string): number {
    const token = this.expect("Duration", what);
    const value = readDuration(this.tokens.image(token));
    if (value === undefined) this.#badNumber(token, "it is too large");
    return value ?? 0;
  }
  /** Milliseconds since 1970. */
  protected timeLiteral(): number {
    const token = this.expect("Time", "a date such as `2027-01-31`");
    const text = this.tokens.image(token);
    const value = readTime(text);
    if (value === undefined) this.report(report["bad-time"](this.spanOf(token), { text }));
    return value ?? 0;
  }
}
