// Analyses the same project again and again, as an editor needs it: what has not changed is not looked at again.
import { RuleCache } from "../checker/rule/rule-cache.ts";
import type { ParsedModule } from "../frontends/aegis/parse.ts";
import { detached, reparse, takeOver } from "../frontends/aegis/reparse.ts";
import type { ProjectInputs } from "../resolver/resolved-program.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Analysis, AnalyseOptions } from "./analyse.ts";
import { analyse, parseFile } from "./analyse.ts";
import { frontEndOf } from "./front-ends.ts";
import type { Library } from "./library.ts";

interface Parsed {
  readonly file: SourceFile;
  readonly parsed: ParsedModule;
}

/**
 * INVARIANT: trees of unchanged declarations are taken over and moved where they stand, so an analysis is good until the
 * next one of the same session is asked for.
 */
export class AnalysisSession {
  #files = new Map<string, Parsed>();
  readonly #rules = new RuleCache();

  /** Gives what `analyse` gives. */
  analyse(sources: readonly SourceFile[], inputs: ProjectInputs, options: AnalyseOptions = {}): Analysis {
    const files = new Map<string, Parsed>();
    const parse = (file: SourceFile, library: Library): ParsedModule => {
      const parsed = this.#parse(file, library);
      files.set(file.path, { file, parsed });
      return parsed;
    };
    const analysis = analyse(sources, inputs, options, { parse, rules: this.#rules });
    this.#files = files;
    return analysis;
  }

  #parse(file: SourceFile, library: Library): ParsedModule {
    const known = this.#files.get(file.path);
    if (known?.file === file) return known.parsed;
    if (frontEndOf(file.path).name !== "aegis") return parseFile(file, library);
    const again = known === undefined ? null : reparse(known.file, known.parsed, file);
    if (again !== null) return again;
    // Parsed for this session alone: its trees are going to be moved.
    const parsed = detached(frontEndOf(file.path).parse(file, library));
    return known === undefined ? parsed : takeOver(known.file, known.parsed, file, parsed);
  }
}
