// A module as text: in the standard layout with its comments, or from a tree that no text belongs to.
import type { Item, Module } from "../syntax/ast.ts";
import { type Doc, emptyLine, hardline, join, layOut } from "./doc.ts";
import { printLines } from "./print-block.ts";
import { printDoc, printQualified } from "./print-expression.ts";
import { printItem } from "./print-item.ts";
import { SourceText } from "./source-text.ts";

/** Columns that a line keeps to where it can. */
export const LINE_WIDTH = 100;

/** The text of a module that was parsed from `text` without errors. Keeps comments and single empty lines. */
export const formatModule = (module: Module, text: string): string =>
  print(module, new SourceText(text, module.comments));

/** The text of a module that was made, not parsed: spans and comments are not looked at. */
export const printModule = (module: Module): string => print(module, new SourceText(null, []));

function print(module: Module, source: SourceText): string {
  const docs: Doc[] = [];
  const name = module.package;
  let end = 0;
  if (name !== null) {
    if (source.synthetic) docs.push(printDoc(module.doc));
    docs.push(source.leading(name.span), `${module.guard ? "guard " : ""}package ${printQualified(name)}`);
    docs.push(source.trailing(name.span.end, true));
    end = name.span.end;
  }
  const first = module.items[0];
  if (first !== undefined && name !== null) docs.push(gap(source, end, first.span.start));
  docs.push(printLines(module.items, source, (item) => printItem(item, source), apart));
  const last = module.items.at(-1);
  const from = source.firstFrom(module.span.end);
  const rest = source.dangling(Number.MAX_SAFE_INTEGER);
  if (rest.length > 0 && docs.length > 0) docs.push(gap(source, last?.span.end ?? end, from));
  docs.push(join(hardline, rest));
  const text = layOut(docs, LINE_WIDTH);
  return text === "" ? "" : `${text}\n`;
}

const gap = (source: SourceText, from: number, to: number): Doc =>
  source.synthetic || source.emptyLineBetween(from, source.firstFrom(to)) ? emptyLine : hardline;

/** Declarations of one line and one kind stand together. */
const apart = (before: Item, item: Item): boolean =>
  before.kind !== item.kind || BLOCKS.has(item.kind) || item.doc !== null || before.doc !== null;
const BLOCKS: ReadonlySet<Item["kind"]> = new Set([
  "tool",
  "tools",
  "policy",
  "rule",
  "test",
  "property",
  "label",
]);
