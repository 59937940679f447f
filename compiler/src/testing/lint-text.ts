// Lints texts with the real standard library, for tests: nothing may be wrong with them otherwise.
import { lintProgram, type LintSettings } from "../lint/index.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { analyse } from "../pipeline/analyse.ts";
import { SourceFile } from "../source/source-file.ts";
import { NO_INPUTS } from "./resolve-text.ts";

/** Findings in a text; `path` decides the language. Throws when it does not check. */
export function lintText(
  text: string,
  settings: LintSettings = new Map(),
  path = "policy.aegis",
): readonly Diagnostic[] {
  const analysis = analyse([new SourceFile(path, text)], NO_INPUTS);
  if (!analysis.ok)
    throw new Error(analysis.diagnostics.map((each) => `${each.code}: ${each.message}`).join("\n"));
  return lintProgram(analysis, settings);
}

/** `rule 12`: code without its phase, and the one-based line of each finding. */
export function lintLines(text: string, settings: LintSettings = new Map(), path = "policy.aegis"): string[] {
  const file = new SourceFile(path, text);
  return lintText(text, settings, path).map(
    (each) => `${each.code.replace("lint/", "")} ${file.positionAt(each.span.start).line + 1}`,
  );
}
