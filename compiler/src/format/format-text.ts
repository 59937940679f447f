// Formats a file and proves that nothing was lost: the result is parsed again and compared.
import { formatDiagnostics } from "../diagnostics/catalogue/format.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { parseModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";
import { formatModule } from "./format-module.ts";
import { sameComments, sameModule } from "./same-tree.ts";

export interface FormatResult {
  /** The formatted text; the text as it was when it cannot be formatted. */
  readonly text: string;
  /** Why the text was left alone; empty when it was formatted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A comment in an odd place may move once more when the lines around it have settled. */
const MAX_ROUNDS = 5;

/** Formats Aegis text until it stays as it is. A text with mistakes is left alone. Never throws. */
export function formatText(file: SourceFile): FormatResult {
  const first = parseModule(file);
  if (hasErrors(first.diagnostics)) return { text: file.text, diagnostics: first.diagnostics };
  let { module } = first;
  let { text } = file;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const formatted = formatModule(module, text);
    if (formatted === text) return { text, diagnostics: [] };
    const again = parseModule(new SourceFile(file.path, formatted));
    const sound =
      !hasErrors(again.diagnostics) &&
      sameModule(first.module, again.module) &&
      sameComments(first.module.comments, again.module.comments);
    if (!sound) break;
    ({ module } = again);
    text = formatted;
  }
  return { text: file.text, diagnostics: [formatDiagnostics.unsound({ file: file.path, start: 0, end: 0 })] };
}
