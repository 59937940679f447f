// What is known of a project at one moment.
import type { Analysis, Diagnostic } from "@aegis/compiler";

export interface ProjectState {
  readonly analysis: Analysis;
  /** Those of the analysis and of aegis.json, in the order of files. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rises with every change; the same number is the same state. */
  readonly revision: number;
}
