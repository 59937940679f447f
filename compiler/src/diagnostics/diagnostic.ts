// A diagnostic: a mistake of the user as data, with a stable code, a place, plain words and a way out.
import type { Span } from "../source/span.ts";

export type Severity = "error" | "warning" | "information";

export interface Diagnostic {
  /** `phase/slug`, stable; the page is `docs/diagnostics/<phase>-<slug>.md`. */
  readonly code: string;
  readonly severity: Severity;
  /** Lower case, no full stop, the user's words in back-ticks. */
  readonly message: string;
  readonly span: Span;
  /** What to do next. */
  readonly help?: string;
  /** Other places that matter, with a word on why. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** Edits that mend it, for editors. */
  readonly fixes?: readonly Fix[];
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** Where a phase reports to. */
export interface DiagnosticSink {
  report(diagnostic: Diagnostic): void;
}

export class DiagnosticList implements DiagnosticSink {
  readonly items: Diagnostic[] = [];
  report(diagnostic: Diagnostic): void {
    this.items.push(diagnostic);
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((each) => each.severity === "error");
