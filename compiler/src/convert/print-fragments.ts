// Pieces of Aegis inside YAML: expressions, types, selectors and paths on one line.
import { layOut } from "../format/doc.ts";
import { printDuration, printTime } from "../format/literals.ts";
import { printExpression, printQualified, printType } from "../format/print-expression.ts";
import { printSelector, printTemplate } from "../format/print-selector.ts";
import { SourceText } from "../format/source-text.ts";
import type { Selector, Template } from "../syntax/ast.ts";
import type { Expression, FieldNodeRef, Literal, Name, TypeNode } from "../syntax/expression.ts";
import { list, map, oneOrList, raw, text } from "./yaml-value.ts";
import type { YamlEntry, YamlValue } from "./yaml-value.ts";

const FLAT = new SourceText(null, []);

export const expressionText = (node: Expression): string => layOut(printExpression(node, FLAT), Infinity);

/** An expression; numbers and bools as they are. */
export function expression(node: Expression): YamlValue {
  return node.kind === "number" || node.kind === "bool" ? literal(node) : text(expressionText(node));
}

export function literal(node: Literal): YamlValue {
  switch (node.kind) {
    case "string":
      return text(node.value);
    case "number":
      return raw(node.text);
    case "bool":
      return raw(String(node.value));
    case "duration":
      return raw(printDuration(node.milliseconds));
    case "time":
      return raw(printTime(node.milliseconds));
  }
}

/** Plain data where the expression is no more than that; null where it must be written as an expression. */
export function plainData(node: Expression, type: TypeNode | null): YamlValue | null {
  switch (node.kind) {
    case "string":
    case "number":
    case "bool":
    case "duration":
    case "time":
      return literal(node);
    case "collection": {
      const wanted = type?.kind === "type-collection" && type.collection === "set" ? "set" : "list";
      const items = node.items.map((each) => (each.kind === "collection" ? null : plainData(each, null)));
      return node.of === wanted && items.every((each) => each !== null) ? list(items) : null;
    }
    default:
      return null;
  }
}

export const typeText = (node: TypeNode): string => layOut(printType(node, FLAT), Infinity);
export const type = (node: TypeNode): YamlValue => text(typeText(node));

/** Fields by name; a default or documentation makes a mapping of one. */
export function fields(nodes: readonly FieldNodeRef[], open: boolean): YamlValue {
  const entries: YamlEntry[] = nodes.map((field) => ({
    key: field.name.text,
    value:
      field.default === null && field.doc === null
        ? type(field.type)
        : map({
            doc: field.doc === null ? null : text(field.doc),
            type: type(field.type),
            default: field.default === null ? null : literal(field.default),
          }),
  }));
  return map(open ? [...entries, { key: "...", value: raw("true") }] : entries);
}

export function selector(node: Selector): YamlValue {
  if (node.except.length > 0 || node.include.length < 2) return text(selectorText(node));
  return list(node.include.map((part) => text(selectorText({ ...node, include: [part] }))));
}
/** For `approval` and `denied`, where a rule may stand in the place of a tool. */
export const selectorOrRule = (node: Selector): YamlValue =>
  text(layOut(printSelector(node, true), Infinity));
const selectorText = (node: Selector): string => layOut(printSelector(node), Infinity);

/** Without the quotes around it: what the YAML front end reads. */
export const template = (node: Template): YamlValue => text(printTemplate(node).slice(1, -1));

export const names = (nodes: readonly Name[]): YamlValue => oneOrList(nodes.map((name) => text(name.text)));
export { printQualified as qualified };
