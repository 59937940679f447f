// What every reader of a part of the format shares: the file, where mistakes go, and the parser of pieces of Aegis text.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { Diagnostic, DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { Span } from "../../source/span.ts";
import type { RedactPath, Selector, Template } from "../../syntax/ast.ts";
import type { Expression, Name, QualifiedName, StringLiteral, TypeNode } from "../../syntax/expression.ts";
import type { FragmentParser } from "../../syntax/fragment-parser.ts";
import { offsetsOf } from "./offsets.ts";
import { isAmbiguousWord } from "./read-tree.ts";
import { describe, isString } from "./yaml-tree.ts";
import type { YamlNode, YamlScalar } from "./yaml-tree.ts";

/** What a name may hold; back-quotes write it in Aegis. */
const NAME = /^[^`\p{Cc}\u2028\u2029]{1,256}$/u;

export class YamlContext {
  readonly file: SourceFile;
  readonly sink: DiagnosticSink;
  readonly parser: FragmentParser;

  constructor(file: SourceFile, sink: DiagnosticSink, parser: FragmentParser) {
    this.file = file;
    this.sink = sink;
    this.parser = parser;
  }

  report(diagnostic: Diagnostic): void {
    this.sink.report(diagnostic);
  }

  wrongShape(node: YamlNode, place: string, expected: string, hint = ""): undefined {
    this.report(
      node.kind === "scalar" && node.form === "null"
        ? yamlDiagnostics["null-value"](node.span, { key: place })
        : yamlDiagnostics["wrong-shape"](node.span, { place, expected, found: describe(node), hint }),
    );
    return undefined;
  }

  /** A text, which may be empty. */
  text(node: YamlNode, place: string): StringLiteral | undefined {
    return isString(node)
      ? { kind: "string", span: node.span, value: node.text }
      : this.wrongShape(node, place, "a text", "put it in quotes if the text is meant");
  }

  name(node: YamlNode, place: string): Name | undefined {
    if (
      node.kind === "scalar" &&
      ((node.form !== "string" && node.form !== "null") || isAmbiguousWord(node))
    ) {
      const found = node.form === "string" ? "true or false" : describe(node);
      this.report(yamlDiagnostics["name-not-string"](node.span, { text: node.text, found }));
      return undefined;
    }
    if (!isString(node)) return this.wrongShape(node, place, "a name");
    if (!NAME.test(node.text)) {
      this.report(
        yamlDiagnostics["unknown-value"](node.span, {
          place,
          text: node.text.slice(0, 40).replace(/[\p{Cc}\u2028\u2029]/gu, "�"),
          hint: "a name has 1 to 256 characters, without back-quotes and line breaks",
        }),
      );
      return undefined;
    }
    return { kind: "name", span: node.span, text: node.text };
  }

  /** `a.b.c`, with parts in back-quotes where they hold dots; `within` is the piece of the text that is the name. */
  qualifiedName(
    node: YamlNode,
    place: string,
    within?: { readonly start: number; readonly end: number },
  ): QualifiedName | undefined {
    const text =
      node.kind !== "scalar"
        ? ""
        : within === undefined
          ? node.text
          : node.text.slice(within.start, within.end);
    const whole = this.name(
      node.kind === "scalar" ? { ...node, text: text.replaceAll("`", "") } : node,
      place,
    );
    if (whole === undefined || node.kind !== "scalar") return undefined;
    const parts = splitQualified(text);
    if (parts === undefined) {
      this.report(
        yamlDiagnostics["unknown-value"](node.span, {
          place,
          text: whole.text,
          hint: "write names with dots between them",
        }),
      );
      return undefined;
    }
    const at = (start: number, end: number): Span =>
      this.place(node, start + (within?.start ?? 0), end + (within?.start ?? 0));
    return {
      kind: "qualified-name",
      span: within === undefined ? node.span : at(0, text.length),
      parts: parts.map((part): Name => ({ kind: "name", span: at(part.start, part.end), text: part.text })),
    };
  }

  /** Where a piece of the text of a scalar stands. */
  place(node: YamlScalar, start: number, end: number): Span {
    const origin = this.#origin(node);
    return { file: this.file.path, start: origin(start), end: origin(end) };
  }

  /** An expression: a number or bool as it stands, or a text in the expression language. */
  expression(node: YamlNode, place: string): Expression {
    if (node.kind === "scalar" && node.form === "bool")
      return { kind: "bool", span: node.span, value: /^t/i.test(node.text) };
    if (node.kind === "scalar" && node.form === "number") return this.number(node);
    if (!isString(node) || node.text.trim() === "") {
      this.wrongShape(node, place, "an expression");
      return { kind: "missing", span: node.span };
    }
    return this.#told(this.parser.parseExpression(node.text, this.file.path, this.#origin(node))).expression;
  }

  /** A number from its source text, never through a float. */
  number(node: YamlScalar): Expression {
    const negative = node.text.startsWith("-");
    const text = negative ? node.text.slice(1) : node.text;
    if (!/^[0-9]+(?:\.[0-9]+)?$/.test(text)) {
      this.report(yamlDiagnostics["number-form"](node.span, { text: node.text }));
      return { kind: "missing", span: node.span };
    }
    const literal: Expression = { kind: "number", span: node.span, text };
    return negative ? { kind: "unary", span: node.span, op: "-", of: literal } : literal;
  }

  type(node: YamlNode, place: string): TypeNode {
    if (isString(node) && node.text.trim() !== "")
      return this.#told(this.parser.parseTypeNode(node.text, this.file.path, this.#origin(node))).type;
    this.wrongShape(
      node,
      place,
      "a type",
      "types are written as in Aegis: `string`, `int in 1..500`, `list<url>`, `path?`",
    );
    return { kind: "type-missing", span: node.span };
  }

  selector(node: YamlScalar): Selector {
    return this.#told(this.parser.parseSelector(node.text, this.file.path, this.#origin(node))).selector;
  }

  template(node: YamlNode, place: string): Template | null {
    if (isString(node))
      return this.#told(this.parser.parseTemplate(node.text, this.file.path, this.#origin(node))).template;
    this.wrongShape(node, place, "a text");
    return null;
  }

  redactPath(node: YamlScalar): RedactPath | null {
    return this.#told(this.parser.parseRedactPath(node.text, this.file.path, this.#origin(node))).path;
  }

  #told<Piece extends { readonly diagnostics: readonly Diagnostic[] }>(piece: Piece): Piece {
    for (const diagnostic of piece.diagnostics) this.report(diagnostic);
    return piece;
  }

  /** From offsets in the text of a scalar to offsets in the file. */
  #origin(node: YamlScalar): (offset: number) => number {
    const { start, end } = node.span;
    const offsets = offsetsOf(this.file.text, start, end, node.text, node.quoted);
    return (offset) => offsets[Math.max(0, Math.min(offset, node.text.length))] ?? start;
  }
}

interface NamePart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Parts of `a.b`, `` a.`b.c` ``; undefined when it is no such name. */
function splitQualified(text: string): readonly NamePart[] | undefined {
  if (!/^(?:`[^`]+`|[^.`\s]+)(?:\.(?:`[^`]+`|[^.`\s]+))*$/.test(text)) return undefined;
  return [...text.matchAll(/`([^`]+)`|([^.`\s]+)/g)].map((match) => ({
    text: match[1] ?? match[2] ?? "",
    start: match.index,
    end: match.index + match[0].length,
  }));
}
