// Silences one finding of the linter, with a reason that the person has to write.
import { frontEndOf, type Diagnostic } from "@aegis/compiler";
import type { View } from "../../workspace/view.ts";
import type { CodeAction } from "./code-action.ts";

export function suppressActions(view: View, diagnostic: Diagnostic): readonly CodeAction[] {
  const rule = /^lint\/(.+)$/.exec(diagnostic.code)?.[1];
  if (rule === undefined || rule.endsWith("-suppression")) return [];
  const { file } = view;
  const line = file.positionAt(diagnostic.span.start).line;
  const start = file.lineStarts[line] ?? 0;
  const indent = /^\s*/.exec(file.lineText(line))?.[0] ?? "";
  const sign = frontEndOf(file.path).name === "aegis" ? "//" : "#";
  return [
    {
      title: `Silence \`${rule}\` here, with a reason`,
      kind: "quickfix",
      edits: [
        {
          span: { file: file.path, start, end: start },
          newText: `${indent}${sign} lint-ignore ${rule}: say why this is right here\n`,
        },
      ],
      mends: diagnostic,
    },
  ];
}
