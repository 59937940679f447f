// Makes a function of the selected expression: what it reads of the call becomes parameters.
import { childrenOf, type Expression, type Item, type PlacedNode } from "@aegis/compiler";
import { printType } from "@aegis/runtime/core";
import { infosOf, isExpression, pathAt } from "../../workspace/expression-at.ts";
import type { View } from "../../workspace/view.ts";
import type { CodeAction, SelectedRange } from "./code-action.ts";

interface Parameter {
  readonly name: string;
  readonly type: string;
  /** As it stands in the expression. */
  readonly text: string;
}

const HOLDERS: ReadonlySet<string> = new Set<Item["kind"]>([
  "rule",
  "limit",
  "label",
  "exception",
  "property",
  "fn",
]);

export function extractActions(view: View, range: SelectedRange): readonly CodeAction[] {
  if (range.end <= range.start || view.module?.module.dialect !== "aegis") return [];
  const { text } = view.file;
  const start = range.start + (/^\s*/.exec(text.slice(range.start, range.end))?.[0].length ?? 0);
  const end = range.end - (/\s*$/.exec(text.slice(start, range.end))?.[0].length ?? 0);
  const path = pathAt(view, Math.floor((start + end) / 2));
  const selected = path.find(
    (each): each is Expression => isExpression(each) && each.span.start === start && each.span.end === end,
  );
  const holder = path[1];
  if (selected === undefined || holder === undefined || !path.some((each) => HOLDERS.has(each.kind ?? "")))
    return [];
  const type = infosOf(view, selected, path)[0]?.info.type;
  if (type === undefined || type.kind === "optional" || type.kind === "record" || readsState(selected))
    return [];
  const parameters = new Map<string, Parameter>();
  if (!collect(view, selected, path, parameters)) return [];
  const taken = new Set(view.module.names("value"));
  const name = freshName("extracted", (each) => taken.has(each));
  const list = [...parameters.values()].map((each) => `${each.name}: ${each.type}`).join(", ");
  const call = `${name}(${[...parameters.values()].map((each) => each.text).join(", ")})`;
  const declaration = `fn ${name}(${list}): ${printType(type)} = ${bodyOf(view, selected, parameters)}\n\n`;
  const at = view.file.lineStarts[view.file.positionAt(leadingStart(text, holder.span.start)).line] ?? 0;
  const file = view.file.path;
  return [
    {
      title: "Make a function of it",
      kind: "refactor.extract",
      edits: [
        { span: { file, start: at, end: at }, newText: declaration },
        { span: selected.span, newText: call },
      ],
    },
  ];
}

/** Where the comments right above a declaration begin. */
function leadingStart(text: string, start: number): number {
  let at = text.lastIndexOf("\n", start - 1) + 1;
  for (;;) {
    const before = text.lastIndexOf("\n", at - 2) + 1;
    if (at === 0 || !/^\s*\/\//.test(text.slice(before, at))) return at;
    at = before;
  }
}

/** Labels can be read in rules only. */
const readsState = (node: Expression): boolean => node.kind === "has" || childrenOf(node).some(readsState);

/** False when something inside cannot be handed over. */
function collect(
  view: View,
  node: Expression,
  path: readonly PlacedNode[],
  into: Map<string, Parameter>,
): boolean {
  const info = infosOf(view, node, path)[0]?.info;
  const text = view.file.text.slice(node.span.start, node.span.end);
  const { meaning } = info ?? {};
  const given =
    meaning?.kind === "path"
      ? meaning.path.length > 0
      : meaning?.kind === "parameter" || meaning?.kind === "variable";
  if (info !== undefined && given) {
    // What may be absent cannot be an argument.
    if (info.type.kind === "optional" || info.type.kind === "record") return false;
    if (!into.has(text)) {
      const last = /[A-Za-z_]\w*$/.exec(text)?.[0] ?? "value";
      const name = freshName(last, (each) => [...into.values()].some((other) => other.name === each));
      into.set(text, { name, type: printType(info.type), text });
    }
    return true;
  }
  // Variables bound inside stay inside; `args` as a whole cannot be handed over.
  if (node.kind === "quantifier" || node.kind === "where-present" || node.kind === "is") return false;
  if (node.kind === "name" && /^(?:args|agent|context|result)$/.test(node.text)) return false;
  return childrenOf(node).every((child) => collect(view, child, path, into));
}

function bodyOf(view: View, node: Expression, parameters: ReadonlyMap<string, Parameter>): string {
  const known = parameters.get(view.file.text.slice(node.span.start, node.span.end));
  if (known !== undefined) return known.name;
  let body = "";
  let at = node.span.start;
  const children = [...childrenOf(node)].sort((a, b) => a.span.start - b.span.start);
  for (const child of children) {
    body += view.file.text.slice(at, child.span.start) + bodyOf(view, child, parameters);
    at = child.span.end;
  }
  return body + view.file.text.slice(at, node.span.end);
}

function freshName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  for (let number = 2; ; number += 1)
    if (!taken(`${wanted}_${String(number)}`)) return `${wanted}_${String(number)}`;
}
