// A YAML policy as Aegis text in a new file beside it: the whole file, or the rule at the cursor.
import { absentReads, convertToAegis, frontEndOf } from "@aegis/compiler";
import { convert } from "../../workspace/conversion.ts";
import type { View } from "../../workspace/view.ts";
import type { CodeAction, SelectedRange } from "./code-action.ts";

export function convertActions(view: View, range: SelectedRange): readonly CodeAction[] {
  if (frontEndOf(view.file.path).name === "aegis" || view.module === null) return [];
  const whole = convert(view, "aegis");
  if (!whole.ok) return [];
  const { path, text } = whole;
  const actions: CodeAction[] = [
    { title: "Write this policy as Aegis text", kind: "refactor.rewrite", edits: [], create: { path, text } },
  ];
  const { module } = view.module;
  const item = module.items.find(
    ({ kind, span }) =>
      (kind === "rule" || kind === "policy") && span.start <= range.start && range.start <= span.end,
  );
  if (item !== undefined && "name" in item) {
    const support = module.items.filter(
      (each) => each.kind === "import" || (each.kind === "tool" && each.inferred),
    );
    const one = convertToAegis({ ...module, items: [...support, item] }, absentReads(view.analysis.checked));
    actions.push({
      title: `Write \`${item.name.text}\` as Aegis text`,
      kind: "refactor.rewrite",
      edits: [],
      create: { path: path.replace(/\.aegis$/, `.${item.name.text.replace(/\W/g, "-")}.aegis`), text: one },
    });
  }
  return actions;
}
