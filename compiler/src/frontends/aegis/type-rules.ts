// Grammar of types, fields and literals.
import type { Bounds, FieldNodeRef, Literal, NumberLiteral, TypeNode } from "../../syntax/expression.ts";
import { ParserBase } from "./parser-base.ts";
import { notesOf } from "./lexer.ts";
import { K, T, Word } from "./tokens.ts";

export interface Fields {
  readonly fields: readonly FieldNodeRef[];
  readonly open: boolean;
}

export abstract class TypeRules extends ParserBase {
  readonly typeNode = this.RULE("typeNode", (): TypeNode => {
    const first = this.LA(1);
    return this.nested(first, () => {
      const of = this.SUBRULE(this.typeAtom);
      const mark = this.OPTION(() => this.CONSUME(T.question));
      return mark === undefined ? of : { kind: "type-optional", span: this.from(first), of };
    });
  });

  private readonly typeAtom = this.RULE("typeAtom", (): TypeNode =>
    this.OR({
      DEF: [
        {
          GATE: () => this.next(T.less, 2) && (this.next(K.list) || this.next(K.set) || this.next(K.map)),
          ALT: () => this.SUBRULE(this.collectionType),
        },
        { ALT: () => this.SUBRULE(this.recordType) },
        { ALT: () => this.SUBRULE(this.namedType) },
      ],
      ERR_MSG: "a type",
      IGNORE_AMBIGUITIES: true,
    }),
  );

  private readonly collectionType = this.RULE("collectionType", (): TypeNode => {
    const first = this.LA(1);
    const collection = this.OR([
      { ALT: () => (this.CONSUME(K.list), "list" as const) },
      { ALT: () => (this.CONSUME(K.set), "set" as const) },
      {
        ALT: () => {
          this.CONSUME(K.map);
          return "map" as const;
        },
      },
    ]);
    this.CONSUME(T.less);
    this.OPTION1({
      GATE: () => collection === "map",
      DEF: () => {
        this.CONSUME(K.string, { ERR_MSG: "`string`: the keys of a map are texts" });
        this.CONSUME(T.comma, { ERR_MSG: "`,` and the type of the values" });
      },
    });
    const of = this.SUBRULE(this.typeNode);
    this.CONSUME(T.greater, { ERR_MSG: "`>` after the type of the elements" });
    const max = this.OPTION2(() => {
      this.CONSUME(K.max);
      return this.SUBRULE(this.count);
    });
    return { kind: "type-collection", span: this.from(first), collection, of, max: max ?? null };
  });

  private readonly recordType = this.RULE("recordType", (): TypeNode => {
    const first = this.CONSUME(T.leftBrace);
    const { fields, open } = this.SUBRULE(this.fields);
    this.CONSUME(T.rightBrace, { ERR_MSG: "`,` or `}` after the field" });
    return { kind: "type-record", span: this.from(first), fields, open };
  });

  private readonly namedType = this.RULE("namedType", (): TypeNode => {
    const first = this.LA(1);
    const name = this.SUBRULE(this.qualifiedName, { ARGS: ["a type"] });
    const bounds = this.OPTION({
      GATE: () => this.next(K.max) || this.boundsAhead(),
      DEF: () => this.SUBRULE(this.bounds),
    });
    return { kind: "type-name", span: this.from(first), name, bounds: bounds ?? null };
  });

  /** `in 1..500` and not the operator `in`. */
  protected boundsAhead(): boolean {
    const at = this.next(T.minus, 2) ? 3 : 2;
    return this.next(K.in) && this.next(T.number, at) && this.next(T.range, at + 1);
  }

  /** `in 1..500`, `max 200`. */
  protected readonly bounds = this.RULE("bounds", (): Bounds => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(K.in);
          const min: NumberLiteral = this.SUBRULE1(this.signedNumber);
          this.CONSUME(T.range);
          const max: NumberLiteral = this.SUBRULE2(this.signedNumber);
          return { span: this.from(first), min, max };
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.max);
          const max: NumberLiteral = this.SUBRULE3(this.signedNumber);
          return { span: this.from(first), min: null, max };
        },
      },
    ]);
  });

  /** Fields with commas between them, `...` at the end when more are let through; up to the closing bracket. */
  protected readonly fields = this.RULE("fields", (): Fields => {
    const fields: FieldNodeRef[] = [];
    let open = false;
    let more = true;
    this.MANY({
      GATE: () => more,
      DEF: () =>
        this.OR({
          DEF: [
            {
              ALT: () => {
                this.CONSUME(T.ellipsis);
                open = true;
                more = false;
              },
            },
            {
              ALT: () => {
                fields.push(this.SUBRULE(this.field));
                more = this.OPTION(() => this.CONSUME(T.comma)) !== undefined;
              },
            },
          ],
        }),
    });
    return { fields, open };
  });

  private readonly field = this.RULE("field", (): FieldNodeRef => {
    const first = this.LA(1);
    const name = this.SUBRULE(this.anyName, { ARGS: ["the name of a field"] });
    this.CONSUME(T.colon, { ERR_MSG: "`:` and a type after the field's name" });
    const type = this.SUBRULE(this.typeNode);
    const value = this.OPTION(() => {
      this.CONSUME(T.assign);
      return this.SUBRULE(this.literal);
    });
    return { span: this.from(first), doc: notesOf(first).doc, name, type, default: value ?? null };
  });

  /** A constant as it stands; a bare word is a member of an enum. */
  protected readonly literal = this.RULE("literal", (): Literal => {
    const first = this.LA(1);
    return this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.stringLiteral) },
        { ALT: () => this.SUBRULE(this.signedNumber) },
        {
          ALT: (): Literal => {
            this.CONSUME(K.true);
            return { kind: "bool", span: this.from(first), value: true };
          },
        },
        {
          ALT: (): Literal => {
            this.CONSUME(K.false);
            return { kind: "bool", span: this.from(first), value: false };
          },
        },
        {
          ALT: (): Literal => ({
            kind: "duration",
            milliseconds: this.milliseconds(this.CONSUME(T.duration)),
            span: this.from(first),
          }),
        },
        {
          ALT: (): Literal => {
            const token = this.CONSUME(T.time);
            return {
              kind: "time",
              span: this.from(first),
              milliseconds: this.moment(token),
              text: token.image,
            };
          },
        },
        {
          ALT: (): Literal => {
            const { span, text } = this.nameFrom(this.CONSUME(Word));
            return { kind: "string", span, value: text };
          },
        },
      ],
      ERR_MSG: "a literal: a text, a number, `true`, `false`, a date or a duration",
    });
  });
}
