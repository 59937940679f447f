// Reads Aegis text: whole files, and the pieces of it that stand in other formats. Never throws, whatever the text.
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { syntaxDiagnostics as report } from "../../diagnostics/catalogue/syntax.ts";
import { shiftedDiagnostic } from "../../diagnostics/shifted-diagnostic.ts";
import { SourceFile } from "../../source/source-file.ts";
import type { DurationNode, Module, RedactPath, Selector, Template } from "../../syntax/ast.ts";
import type { Expression, TypeNode } from "../../syntax/expression.ts";
import { AegisParser } from "./aegis-parser.ts";
import { lex } from "./lexer.ts";
import type { PendingTemplate } from "./name-rules.ts";
import { type Origin, type Place, placeAt } from "./place.ts";
import { readDuration, splitTemplate } from "./strings.ts";

export interface ParsedModule {
  readonly module: Module;
  readonly diagnostics: readonly Diagnostic[];
  /** Also those that are not told because an earlier one says it: which they are changes with the text before. */
  readonly found?: readonly Diagnostic[];
  /** True where braces are in balance, so that every declaration stands at the top: parts can be read on their own. */
  readonly level?: boolean;
}

/** Parses a file; broken parts are left out of the tree and reported. */
export function parseModule(file: SourceFile): ParsedModule {
  const place = placeAt(file.path, 0);
  const { tokens, comments, diagnostics, level } = lex(file.text, place);
  const found: Diagnostic[] = [];
  const parser = new AegisParser(tokens, place, found);
  const parts = parser.module();
  fillTemplates(parser.pending, place, found);
  const span = place.span(0, file.text.length);
  const module: Module = { kind: "module", span, file: file.path, dialect: "aegis", ...parts, comments };
  const all = merge(file, diagnostics, found);
  return { module, diagnostics: withoutClosers(file, all), found: all, level };
}

/** Some whole declarations of a file, which stand at `from`. */
export function parseFragment(
  path: string,
  text: string,
  from: number,
): {
  readonly items: Module["items"];
  readonly comments: Module["comments"];
  /** As `found` of a whole file. */
  readonly found: readonly Diagnostic[];
  readonly level: boolean;
} {
  const place = placeAt(path, from);
  const { tokens, comments, diagnostics, level } = lex(text, place);
  const found: Diagnostic[] = [];
  const parser = new AegisParser(tokens, place, found);
  const items = parser.items();
  fillTemplates(parser.pending, place, found);
  // Lines are those of the file, which begins before the fragment.
  const file = new SourceFile(path, text);
  const near = (each: Diagnostic): Diagnostic => shiftedDiagnostic(each, -from);
  const merged = merge(file, diagnostics.map(near), found.map(near));
  return {
    items,
    comments,
    found: merged.map((each) => shiftedDiagnostic(each, from)),
    level,
  };
}

/** In the order of the text; where characters were hidden, what follows from them on the same line is left out. */
function merge(
  file: SourceFile,
  lexical: readonly Diagnostic[],
  grammatical: readonly Diagnostic[],
): readonly Diagnostic[] {
  const lineOf = (each: Diagnostic) => file.positionAt(each.span.start).line;
  const broken = new Set(lexical.filter((each) => UNREADABLE.has(each.code)).map(lineOf));
  const kept = broken.size === 0 ? grammatical : grammatical.filter((each) => !broken.has(lineOf(each)));
  return [...lexical, ...kept].sort((a, b) => a.span.start - b.span.start);
}

/** A block that was not understood was not opened: what closes it is no second mistake. */
export const withoutClosers = (file: SourceFile, found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.filter(
    ({ code, span }, index) =>
      index === 0 || code !== "syntax/unexpected" || !CLOSING.has(file.text.slice(span.start, span.end)),
  );
const CLOSING = new Set(["}", ")", "]"]);
const UNREADABLE = new Set([
  "syntax/invisible-character",
  "syntax/control-character",
  "syntax/lone-surrogate",
  "syntax/unexpected-character",
  "syntax/unclosed-text",
  "syntax/bad-number",
]);

function fillTemplates(pending: readonly PendingTemplate[], place: Place, found: Diagnostic[]): void {
  const sink = (diagnostic: Diagnostic) => found.push(diagnostic);
  for (const { inner, offset, template } of pending)
    template.parts = splitTemplate(inner, offset, place, sink).map((piece) => {
      if (piece.kind === "text") return piece;
      const inside: Place = {
        file: place.file,
        span: (start, end) => place.span(piece.at(start), piece.at(end)),
      };
      const { node, diagnostics } = parsePiece(piece.source, inside, (parser) => parser.expression());
      found.push(...diagnostics);
      const span = place.span(piece.start, piece.at(piece.source.length));
      return { kind: "value", expression: node ?? { kind: "missing", span } };
    });
}

// ------------------------------------------------------------------------------------- pieces, for other front ends

interface Piece<Node> {
  readonly node: Node | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function parsePiece<Node>(text: string, place: Place, rule: (parser: AegisParser) => Node): Piece<Node> {
  const { tokens, diagnostics } = lex(text, place);
  const found: Diagnostic[] = [];
  const parser = new AegisParser(tokens, place, found);
  const node = parser.whole(() => rule(parser));
  // What the lexer could not read says more than what the parser then missed.
  const told = diagnostics.some((each) => UNREADABLE.has(each.code))
    ? diagnostics
    : [...diagnostics, ...found];
  return { node, diagnostics: told };
}

/**
 * An expression that stands at `origin` in `file`: an offset, or a map from offsets in `text` to offsets in the file.
 * A broken one is a `missing` node, reported.
 */
export function parseExpression(
  text: string,
  file: string,
  origin: Origin,
): { readonly expression: Expression; readonly diagnostics: readonly Diagnostic[] } {
  const place = placeAt(file, origin);
  const { node, diagnostics } = parsePiece(text, place, (parser) => parser.expression());
  const expression = node ?? { kind: "missing", span: place.span(0, text.length) };
  return { expression, diagnostics };
}

/** `git.push, http.*`; a broken one is empty, and reported. */
export function parseSelector(
  text: string,
  file: string,
  origin: Origin,
): { readonly selector: Selector; readonly diagnostics: readonly Diagnostic[] } {
  const place = placeAt(file, origin);
  const { node, diagnostics } = parsePiece(text, place, (parser) => parser.selector(true));
  const span = place.span(0, text.length);
  return { selector: node ?? { kind: "selector", span, include: [], except: [] }, diagnostics };
}

/** `list<host> max 20`; a broken one is `type-missing`, and reported. */
export function parseTypeNode(
  text: string,
  file: string,
  origin: Origin,
): { readonly type: TypeNode; readonly diagnostics: readonly Diagnostic[] } {
  const place = placeAt(file, origin);
  const { node, diagnostics } = parsePiece(text, place, (parser) => parser.typeNode());
  return { type: node ?? { kind: "type-missing", span: place.span(0, text.length) }, diagnostics };
}

/** `args.headers["authorization"]`, without `redact`; null when it is broken, and reported. */
export function parseRedactPath(
  text: string,
  file: string,
  origin: Origin,
): { readonly path: RedactPath | null; readonly diagnostics: readonly Diagnostic[] } {
  const { node, diagnostics } = parsePiece(text, placeAt(file, origin), (parser) => parser.redactPath());
  return { path: node ?? null, diagnostics };
}

/** The text of a `because` or `hint` as it stands in another format: no quotes around it, `{…}` are placeholders, `\{` is a brace. */
export function parseTemplate(
  text: string,
  file: string,
  origin: Origin,
): { readonly template: Template; readonly diagnostics: readonly Diagnostic[] } {
  const place = placeAt(file, origin);
  const found: Diagnostic[] = [];
  const template = { span: place.span(0, text.length), parts: [] };
  fillTemplates([{ inner: text, offset: 0, template }], place, found);
  return { template, diagnostics: found };
}

/** `30m`; null when it is no duration, and reported. */
export function parseDuration(
  text: string,
  file: string,
  origin: Origin,
): { readonly duration: DurationNode | null; readonly diagnostics: readonly Diagnostic[] } {
  const span = placeAt(file, origin).span(0, text.length);
  const milliseconds = readDuration(text);
  if (milliseconds !== undefined) return { duration: { span, milliseconds }, diagnostics: [] };
  const found = text === "" ? "nothing" : `\`${text.slice(0, 40)}\``;
  return {
    duration: null,
    diagnostics: [report.expected(span, { what: "a duration such as `30m`", found })],
  };
}
