// A change that is offered, as plain data.
import type { Diagnostic, Span } from "@aegis/compiler";

export interface SelectedRange {
  readonly start: number;
  readonly end: number;
}

export interface CodeAction {
  readonly title: string;
  readonly kind: "quickfix" | "refactor.extract" | "refactor.rewrite";
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
  /** A file to make first, relative to the project. */
  readonly create?: { readonly path: string; readonly text: string };
  /** What it mends. */
  readonly mends?: Diagnostic;
  readonly preferred?: true;
}
