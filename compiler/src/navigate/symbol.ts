// What names stand for, one symbol for each thing that is declared: for definition, references, rename and highlighting.
import type { Span } from "../source/span.ts";
import type { DeclaringNode } from "../binder/bind-module.ts";
import type { Name } from "../syntax/expression.ts";

export type SymbolKind =
  | DeclaringNode["kind"]
  | "action"
  | "argument"
  | "attribute"
  | "field"
  | "member"
  | "parameter"
  | "variable"
  | "package";

export interface NamedSymbol {
  /** The same for the same thing, in one analysis. */
  readonly key: string;
  readonly kind: SymbolKind;
  readonly name: string;
  /** Where the name is declared. */
  readonly span: Span;
  /** The declaration, action, field, member or quantifier; null for what a manifest declares. */
  readonly node: object | null;
}

export interface Occurrence {
  readonly span: Span;
  readonly symbol: NamedSymbol;
  readonly declares: boolean;
}

export const symbolAt = (kind: SymbolKind, name: Name, node: object | null): NamedSymbol => ({
  key: `${name.span.file}:${String(name.span.start)}`,
  kind,
  name: name.text,
  span: name.span,
  node,
});
