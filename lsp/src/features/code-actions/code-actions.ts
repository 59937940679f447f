// What can be done about a place: quick fixes for what is wrong there, and refactorings.
import type { Diagnostic } from "@aegis/compiler";
import type { View } from "../../workspace/view.ts";
import type { CodeAction, SelectedRange } from "./code-action.ts";
import { convertActions } from "./convert-file.ts";
import { extractActions } from "./extract-function.ts";
import { fixActions } from "./fixes.ts";
import { suppressActions } from "./suppress.ts";

/** `diagnostics` are all of the file; those that touch the range count. */
export function codeActions(
  view: View,
  range: SelectedRange,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const here = diagnostics.filter(
    ({ span }) => span.file === view.file.path && span.start <= range.end && span.end >= range.start,
  );
  return [
    ...here.flatMap((each) => fixActions(view, each)),
    ...here.flatMap((each) => suppressActions(view, each)),
    ...extractActions(view, range),
    ...convertActions(view, range),
  ];
}
