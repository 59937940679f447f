// What a feature is asked about: one file in one analysis of its project. Features see nothing else of the server.
import type { Analysis, ResolvedModule, SourceFile } from "@aegis/compiler";

export interface View {
  readonly analysis: Analysis;
  readonly file: SourceFile;
  /** Null for a file that is no part of the program. */
  readonly module: ResolvedModule | null;
}

export function viewOf(analysis: Analysis, path: string): View | null {
  const file = analysis.files.get(path);
  if (file === undefined) return null;
  return {
    analysis,
    file,
    module: analysis.resolved.modules.find((each) => each.module.file === path) ?? null,
  };
}
