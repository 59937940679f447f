// Grammar of types, fields and literals.
import type { Bounds, FieldNodeRef, Literal, TypeNode } from "../../syntax/expression.ts";
import { NameRules } from "./name-rules.ts";

export interface Fields {
  readonly fields: readonly FieldNodeRef[];
  readonly open: boolean;
}

export abstract class TypeRules extends NameRules {
  typeNode(): TypeNode {
    this.enter();
    const first = this.here;
    const of = this.#typeAtom();
    this.nesting -= 1;
    return this.eat("?") ? { kind: "type-optional", span: this.from(first), of } : of;
  }

  #typeAtom(): TypeNode {
    const { kind } = this;
    if ((kind === "list" || kind === "set" || kind === "map") && this.at("<", 1))
      return this.#collectionType(kind);
    if (kind === "{") return this.#recordType();
    if (this.atWord()) return this.#namedType();
    return this.fail(this.expected("a type"));
  }

  #collectionType(collection: "list" | "set" | "map"): TypeNode {
    const first = this.take();
    this.expect("<");
    if (collection === "map") {
      this.expect("string", "`string`: the keys of a map are texts");
      this.expect(",", "`,` and the type of the values");
    }
    const of = this.typeNode();
    this.expect(">", "`>` after the type of the elements");
    const max = this.eat("max") ? this.count() : null;
    return { kind: "type-collection", span: this.from(first), collection, of, max };
  }

  #recordType(): TypeNode {
    const first = this.expect("{");
    const { fields, open } = this.fields();
    this.expect("}", "`,` or `}` after the field");
    return { kind: "type-record", span: this.from(first), fields, open };
  }

  #namedType(): TypeNode {
    const first = this.here;
    const name = this.qualifiedName("a type");
    const bounds = this.at("max") || this.boundsAhead() ? this.bounds() : null;
    return { kind: "type-name", span: this.from(first), name, bounds };
  }

  /** `in 1..500` and not the operator `in`. */
  protected boundsAhead(): boolean {
    if (!this.at("in")) return false;
    const number = this.at("-", 1) ? 2 : 1;
    return this.at("Number", number) && this.at("..", number + 1);
  }

  /** `in 1..500`, `max 200`. */
  protected bounds(): Bounds {
    const first = this.take();
    if (this.tokens.kind(first) === "max") {
      const max = this.signedNumber();
      return { span: this.from(first), min: null, max };
    }
    const min = this.signedNumber();
    this.expect("..");
    const max = this.signedNumber();
    return { span: this.from(first), min, max };
  }

  /** Fields with commas between them, `...` at the end when more are let through; up to the closing bracket. */
  protected fields(): Fields {
    const fields: FieldNodeRef[] = [];
    while (this.atAnyWord()) {
      fields.push(this.#field());
      if (!this.eat(",")) return { fields, open: false };
    }
    return { fields, open: this.eat("...") };
  }
  /** Fields without `...`; where it stands, `what` belongs there. */
  protected closedFields(what: string): readonly FieldNodeRef[] {
    const { fields, open } = this.fields();
    if (open) this.report(this.expectedBefore(what));
    return fields;
  }

  #field(): FieldNodeRef {
    const first = this.here;
    const name = this.anyName("the name of a field");
    this.expect(":", "`:` and a type after the field's name");
    const type = this.typeNode();
    const value = this.eat("=") ? this.literal() : null;
    return { span: this.from(first), doc: this.tokens.doc(first), name, type, default: value };
  }

  /** A constant as it stands; a bare word is a member of an enum. */
  protected literal(): Literal {
    const first = this.here;
    switch (this.kind) {
      case "Text":
        return this.stringLiteral();
      case "-":
      case "Number":
        return this.signedNumber();
      case "true":
      case "false": {
        const value = this.eat("true");
        if (!value) this.take();
        return { kind: "bool", span: this.from(first), value };
      }
      case "Duration": {
        const milliseconds = this.milliseconds();
        return { kind: "duration", milliseconds, span: this.from(first) };
      }
      case "Time": {
        const milliseconds = this.timeLiteral();
        return { kind: "time", span: this.from(first), milliseconds, text: this.tokens.image(first) };
      }
      default: {
        if (!this.atWord())
          this.fail(this.expected("a literal: a text, a number, `true`, `false`, a date or a duration"));
        const { span, text } = this.takeName();
        return { kind: "string", span, value: text };
      }
    }
  }
}
