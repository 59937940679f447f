// What each word of a text is, for colouring: by the lexer, and where it is a name by what it stands for.
import { frontEndOf, tokensOf, type SymbolKind, type TokenKind } from "@aegis/compiler";
import { occurrencesIn } from "../../workspace/symbol-at.ts";
import type { View } from "../../workspace/view.ts";

/** In the order in which the protocol numbers them. */
export const TOKEN_TYPES = [
  "keyword",
  "operator",
  "string",
  "regexp",
  "number",
  "comment",
  "namespace",
  "type",
  "enum",
  "enumMember",
  "function",
  "method",
  "property",
  "parameter",
  "variable",
  "class",
  "interface",
  "event",
  "decorator",
] as const;
export const TOKEN_MODIFIERS = ["declaration", "readonly", "defaultLibrary"] as const;
type Type = (typeof TOKEN_TYPES)[number];
type Modifier = (typeof TOKEN_MODIFIERS)[number];

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: Type;
  readonly modifiers: readonly Modifier[];
}

const LEXICAL: { readonly [Kind in TokenKind]: Type | null } = {
  keyword: "keyword",
  declaration: "keyword",
  decision: "keyword",
  operator: "operator",
  constant: "keyword",
  string: "string",
  regexp: "regexp",
  number: "number",
  name: null,
  punctuation: null,
  comment: "comment",
  mistake: null,
};

const SYMBOLS: { readonly [Kind in SymbolKind]: Type } = {
  enum: "enum",
  type: "type",
  const: "variable",
  data: "variable",
  param: "variable",
  fn: "function",
  pattern: "regexp",
  fact: "function",
  group: "class",
  label: "event",
  limit: "event",
  policy: "namespace",
  rule: "function",
  exception: "function",
  tool: "interface",
  tools: "interface",
  action: "method",
  argument: "property",
  attribute: "property",
  field: "property",
  member: "enumMember",
  parameter: "parameter",
  variable: "variable",
  package: "namespace",
};

const READONLY: ReadonlySet<SymbolKind> = new Set<SymbolKind>([
  "const",
  "data",
  "param",
  "member",
  "parameter",
  "variable",
]);

/** In the order of the text, none over another; of the lines from `start` to `end` where a part is asked for. */
export function semanticTokens(view: View, start = 0, end = view.file.text.length): readonly SemanticToken[] {
  const names = new Map<number, SemanticToken>();
  for (const { span, symbol, declares } of occurrencesIn(view)) {
    if (span.end <= start || span.start >= end || names.has(span.start)) continue;
    const modifiers: Modifier[] = [
      ...(declares ? (["declaration"] as const) : []),
      ...(READONLY.has(symbol.kind) ? (["readonly"] as const) : []),
      ...(symbol.span.file.startsWith("std:") ? (["defaultLibrary"] as const) : []),
    ];
    names.set(span.start, { start: span.start, end: span.end, type: SYMBOLS[symbol.kind], modifiers });
  }
  const found =
    frontEndOf(view.file.path).name === "aegis" ? lexical(view, start, end, names) : [...names.values()];
  const sorted = found.sort((a, b) => a.start - b.start);
  return sorted.filter((each, index) => index === 0 || each.start >= (sorted[index - 1]?.end ?? 0));
}

function lexical(
  view: View,
  start: number,
  end: number,
  names: ReadonlyMap<number, SemanticToken>,
): SemanticToken[] {
  const { file } = view;
  const from = file.lineStarts[file.positionAt(start).line] ?? 0;
  const found: SemanticToken[] = [...names.values()];
  for (const token of tokensOf(file.text.slice(from, end))) {
    const type = LEXICAL[token.kind];
    const at = { start: from + token.start, end: from + token.end };
    if (type === null || at.start < start || covered(names, at)) continue;
    found.push({ ...at, type, modifiers: [] });
  }
  return found;
}

const covered = (names: ReadonlyMap<number, SemanticToken>, { start }: { readonly start: number }): boolean =>
  names.has(start);
