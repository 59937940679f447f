// What a front end needs from the parser of the expression language: pieces of Aegis text inside another format.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { RedactPath, Selector, Template } from "./ast.ts";
import type { Expression, TypeNode } from "./expression.ts";

/** Where a piece stands in its file: an offset, or a map from offsets in the piece to offsets in the file. */
export type FragmentOrigin = number | ((offset: number) => number);
interface Reported {
  readonly diagnostics: readonly Diagnostic[];
}

/** Each reads the whole text as one piece; broken text gives diagnostics and a best effort. Never throws. */
export interface FragmentParser {
  parseExpression(
    text: string,
    file: string,
    origin: FragmentOrigin,
  ): Reported & { readonly expression: Expression };
  parseTypeNode(text: string, file: string, origin: FragmentOrigin): Reported & { readonly type: TypeNode };
  parseSelector(
    text: string,
    file: string,
    origin: FragmentOrigin,
  ): Reported & { readonly selector: Selector };
  parseRedactPath(
    text: string,
    file: string,
    origin: FragmentOrigin,
  ): Reported & { readonly path: RedactPath | null };
  /** The text between the quotes of `because "…"`: `{expression}` is a placeholder, `\{` a brace. */
  parseTemplate(
    text: string,
    file: string,
    origin: FragmentOrigin,
  ): Reported & { readonly template: Template };
}
