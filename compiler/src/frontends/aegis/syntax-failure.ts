// A mistake that unwinds the parser to the nearest place that can go on.
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

/** Carries its diagnostic; never leaves the front end. */
export class SyntaxFailure extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
