// Passes each mistake on once: the same text is checked for several groups of actions.
import type { Diagnostic, DiagnosticSink } from "../diagnostics/diagnostic.ts";

/** Diagnostics with the same code and place are one. */
export class DistinctSink implements DiagnosticSink {
  readonly items: Diagnostic[] = [];
  readonly #seen = new Set<string>();

  report(diagnostic: Diagnostic): void {
    const { file, start, end } = diagnostic.span;
    const key = JSON.stringify([diagnostic.code, file, start, end]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.items.push(diagnostic);
  }
}
