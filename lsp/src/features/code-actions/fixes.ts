// Quick fixes: those that the diagnostic brings, the nearest name, an import, a check for presence.
import type { Diagnostic, Import, Span } from "@aegis/compiler";
import { importable, importEdit } from "../../workspace/import-edit.ts";
import { pathAt } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";
import type { CodeAction } from "./code-action.ts";

export function fixActions(view: View, diagnostic: Diagnostic): readonly CodeAction[] {
  const own = (diagnostic.fixes ?? []).map((fix): CodeAction => ({
    title: capital(fix.title),
    kind: "quickfix",
    edits: fix.edits,
    mends: diagnostic,
    preferred: true,
  }));
  return [
    ...own,
    ...nearestName(view, diagnostic),
    ...(own.length > 0 ? [] : missingImports(view, diagnostic)),
    ...presenceCheck(view, diagnostic),
    ...unusedImport(view, diagnostic),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const textOf = (view: View, { start, end }: Span): string => view.file.text.slice(start, end);

/** "Did you mean" in the help of a diagnostic about a name. */
function nearestName(view: View, diagnostic: Diagnostic): CodeAction[] {
  const name = /did you mean `([^`]+)`/.exec(diagnostic.help ?? "")?.[1];
  if (name === undefined) return [];
  const written = textOf(view, diagnostic.span);
  // `a.b.wrong` is reported whole where only its end is misspelt.
  const start = written.includes(".") && !name.includes(".") ? written.lastIndexOf(".") + 1 : 0;
  const span = { ...diagnostic.span, start: diagnostic.span.start + start };
  if (written === "" || written.includes("\n")) return [];
  return [
    {
      title: `Change to \`${name}\``,
      kind: "quickfix",
      edits: [{ span, newText: name }],
      mends: diagnostic,
      preferred: true,
    },
  ];
}

/** Most imports that are offered for one name. */
const MOST = 4;

function missingImports(view: View, diagnostic: Diagnostic): CodeAction[] {
  if (!/\/unknown-/.test(diagnostic.code) || view.module === null) return [];
  const [name = ""] = /^[A-Za-z_]\w*/.exec(textOf(view, diagnostic.span)) ?? [];
  if (name === "" || name.startsWith("_")) return [];
  const actions: CodeAction[] = [];
  for (const { from, item } of importable(view)) {
    if (!("name" in item) || item.name.text !== name || actions.length >= MOST) continue;
    const change = importEdit(view.module.module, view.file, from, name);
    if (change === null) continue;
    const { start, end, newText } = change;
    const edits = [{ span: { file: view.file.path, start, end }, newText }];
    actions.push({
      title: `Import \`${name}\` from \`${from}\``,
      kind: "quickfix",
      edits,
      mends: diagnostic,
    });
  }
  return actions;
}

/** `args.x == 1` becomes `args.x is present and args.x == 1`. */
function presenceCheck(view: View, diagnostic: Diagnostic): CodeAction[] {
  if (diagnostic.code !== "type/optional") return [];
  const { span } = diagnostic;
  const path = pathAt(view, span.start);
  const comparison = path.findLast(
    (each) =>
      ["binary", "call", "unary"].includes(each.kind ?? "") &&
      each.span.start <= span.start &&
      each.span.end >= span.end,
  );
  const at = comparison?.span.start ?? span.start;
  const place = textOf(view, span);
  return [
    {
      title: `Check that \`${place}\` is present first`,
      kind: "quickfix",
      edits: [{ span: { file: span.file, start: at, end: at }, newText: `${place} is present and ` }],
      mends: diagnostic,
    },
  ];
}

function unusedImport(view: View, diagnostic: Diagnostic): CodeAction[] {
  if (diagnostic.code !== "name/unused-import") return [];
  const { span } = diagnostic;
  const item = view.module?.module.items.find(
    (each): each is Import =>
      each.kind === "import" && each.span.start <= span.start && each.span.end >= span.end,
  );
  if (item === undefined) return [];
  const { names } = item;
  const index = names?.findIndex((each) => each.span.start === span.start) ?? -1;
  const { text } = view.file;
  let { start, end } = item.span;
  if (names !== null && names.length > 1 && index >= 0) {
    const [before, name, after] = [names[index - 1], names[index], names[index + 1]];
    start = before !== undefined ? before.span.end : (name?.span.start ?? start);
    end = before !== undefined ? (name?.span.end ?? end) : (after?.span.start ?? end);
  } else if (text[end] === "\n") end += 1;
  return [
    {
      title: "Remove the import",
      kind: "quickfix",
      edits: [{ span: { file: span.file, start, end }, newText: "" }],
      mends: diagnostic,
      preferred: true,
    },
  ];
}
