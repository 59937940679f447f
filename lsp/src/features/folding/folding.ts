// What can be folded: blocks of declarations, runs of imports, runs of comments.
import type { SourceFile } from "@aegis/compiler";
import { frontEndOf } from "@aegis/compiler";
import type { View } from "../../workspace/view.ts";

export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "region" | "imports" | "comment";
}

/** By the text alone, so that a file with mistakes folds too. */
export function folds(view: View): readonly Fold[] {
  const { file } = view;
  if (frontEndOf(file.path).name !== "aegis") return byItems(view);
  return [
    ...runs(file, /^\s*import\b/, "imports"),
    ...runs(file, /^\s*\/\//, "comment"),
    ...byBraces(file),
  ].sort((a, b) => a.startLine - b.startLine || a.endLine - b.endLine);
}

function byBraces(file: SourceFile): Fold[] {
  const found: Fold[] = [];
  const open: number[] = [];
  file.lineStarts.forEach((_, line) => {
    // Braces in texts and comments do not count.
    const code = file.lineText(line).replace(/"(?:[^"\\]|\\.)*"?|`[^`]*`|\/\/.*$/g, "");
    for (const char of code) {
      if (char === "{") open.push(line);
      if (char !== "}") continue;
      const startLine = open.pop();
      if (startLine !== undefined && line > startLine + 1)
        found.push({ startLine, endLine: line - 1, kind: "region" });
    }
  });
  return found;
}

function* runs(file: SourceFile, pattern: RegExp, kind: Fold["kind"]): Generator<Fold> {
  const count = file.lineStarts.length;
  for (let line = 0; line < count; line += 1) {
    if (!pattern.test(file.lineText(line))) continue;
    const startLine = line;
    while (line + 1 < count && pattern.test(file.lineText(line + 1))) line += 1;
    if (line > startLine) yield { startLine, endLine: line, kind };
  }
}

/** In YAML: declarations of more than one line. */
const byItems = ({ file, module }: View): Fold[] =>
  (module?.module.items ?? []).flatMap(({ span }) => {
    const startLine = file.positionAt(span.start).line;
    const endLine = file.positionAt(span.end).line;
    return span.file === file.path && endLine > startLine
      ? [{ startLine, endLine, kind: "region" as const }]
      : [];
  });
