// What is told about a declared thing: its text, its documentation, and for a rule what it decides.
import type {
  ActionNode,
  FieldNode,
  NamedSymbol,
  QuantifierExpression,
  RuleDeclaration,
} from "@aegis/compiler";
import { printType, type Field } from "@aegis/runtime/core";
import type { View } from "../../workspace/view.ts";
import { describeRule } from "./describe-rule.ts";
import type { HoverPart } from "./hover-part.ts";

export function describeSymbol(view: View, symbol: NamedSymbol): HoverPart[] {
  switch (symbol.kind) {
    case "rule":
      return withDoc(symbol, describeRule(view, symbol.node as RuleDeclaration));
    case "action":
      return describeAction(view, symbol);
    case "argument":
      return describeArgument(view, symbol);
    case "attribute":
      return describeAttribute(view, symbol);
    case "parameter":
    case "field":
      return withDoc(symbol, [code(sourceOf(view, symbol.node as FieldNode))]);
    case "variable":
      return [code(`${symbol.name} in ${variableSource(view, symbol)}`)];
    case "member":
    case "enum":
    case "type":
    case "fn":
    case "const":
    case "data":
    case "param":
    case "pattern":
    case "fact":
    case "group":
    case "label":
    case "limit":
    case "policy":
    case "exception":
    case "tool":
    case "tools":
      return withDoc(symbol, [...typeOf(view, symbol), code(sourceOf(view, symbol.node as Declared))]);
    case "package":
      return withDoc(symbol, [code(`package ${symbol.name}`)]);
  }
}

type Declared = { readonly span: { readonly file: string; readonly start: number; readonly end: number } };

const code = (text: string): HoverPart => ({ kind: "code", text });

const withDoc = (symbol: NamedSymbol, parts: readonly HoverPart[]): HoverPart[] => {
  const doc = (symbol.node as { readonly doc?: string | null } | null)?.doc;
  return doc === null || doc === undefined || doc === ""
    ? [...parts]
    : [...parts, { kind: "text", text: doc }];
};

/** Longest declaration that is shown whole. */
const MOST_LINES = 12;

function sourceOf(view: View, node: Declared | null): string {
  if (node === null) return "";
  const text = view.analysis.files.get(node.span.file)?.text.slice(node.span.start, node.span.end) ?? "";
  const lines = text.replace(/\r/g, "").split("\n");
  return lines.length <= MOST_LINES ? lines.join("\n") : [...lines.slice(0, MOST_LINES - 1), "…"].join("\n");
}

/** The type of a constant, where it is not written. */
function typeOf(view: View, symbol: NamedSymbol): HoverPart[] {
  const constant = symbol.node === null ? undefined : view.analysis.checked.constants.get(symbol.node);
  return constant === undefined ? [] : [code(`${symbol.name}: ${printType(constant.type)}`)];
}

function variableSource(view: View, symbol: NamedSymbol): string {
  const { over } = symbol.node as QuantifierExpression;
  return view.analysis.files.get(over.span.file)?.text.slice(over.span.start, over.span.end) ?? "";
}

const fieldLine = ({ name, type, default: value }: Field): string =>
  `${name}: ${printType(type)}${value === undefined ? "" : ` = ${JSON.stringify(value)}`}`;

function actionsOf(view: View, symbol: NamedSymbol) {
  const node = symbol.node as ActionNode | null;
  return view.analysis.checked.actions.filter((each) =>
    node === null
      ? each.action === symbol.name &&
        symbol.key.startsWith(`${each.declaredAt.file}:${String(each.declaredAt.start)}.`)
      : each.declaredAt.file === node.name.span.file && each.declaredAt.start === node.name.span.start,
  );
}

function describeAction(view: View, symbol: NamedSymbol): HoverPart[] {
  return actionsOf(view, symbol).flatMap(({ tool, action, params, open, result, doc, annotations }) => {
    const fields = [...params.map(fieldLine), ...(open ? ["..."] : [])];
    const long = fields.join(", ").length > 80;
    const list = long ? `\n  ${fields.join(",\n  ")}\n` : fields.join(", ");
    const hints = Object.entries(annotations).map(([name, value]) => `${name}: ${String(value)}`);
    const tail = result.kind === "json" ? "" : `: ${printType(result)}`;
    const parts: HoverPart[] = [code(`${tool}.${action}(${list})${tail}`)];
    if (doc !== null) parts.push({ kind: "text", text: doc });
    if (hints.length > 0) parts.push({ kind: "text", text: `The tool says of itself: ${hints.join(", ")}` });
    return parts;
  });
}

function describeArgument(view: View, symbol: NamedSymbol): HoverPart[] {
  const parts: HoverPart[] = [];
  for (const action of view.analysis.checked.actions) {
    const field = action.params.find(
      (each) => each.name === symbol.name && isDeclaredBy(view, symbol, action, each),
    );
    if (field === undefined) continue;
    parts.push(code(`${action.tool}.${action.action}  ${fieldLine(field)}`));
    if (field.doc !== undefined) parts.push({ kind: "text", text: field.doc });
    if (parts.length >= MOST_LINES) break;
  }
  return withDoc(symbol, parts);
}

/** An argument's own action: the declaration that holds it, or the manifest. */
function isDeclaredBy(
  view: View,
  symbol: NamedSymbol,
  action: View["analysis"]["checked"]["actions"][number],
  field: Field,
): boolean {
  const node = symbol.node as FieldNode | null;
  if (node === null)
    return (
      symbol.key ===
      `${action.declaredAt.file}:${String(action.declaredAt.start)}.${action.action}.${field.name}`
    );
  const items =
    view.analysis.resolved.modules.find((each) => each.module.file === symbol.span.file)?.module.items ?? [];
  return items.some((item) => {
    if (item.kind === "tool")
      return item.actions.some(
        (each) =>
          each.params.includes(node) &&
          each.name.span.start === action.declaredAt.start &&
          symbol.span.file === action.declaredAt.file,
      );
    if (item.kind !== "tools" || item.name.span.start !== action.declaredAt.start) return false;
    return item.refinements.some(
      (each) => each.fields.includes(node) && (each.action === null || each.action.text === action.action),
    );
  });
}

function describeAttribute(view: View, symbol: NamedSymbol): HoverPart[] {
  const { agent, context } = view.analysis.checked;
  const of = view.analysis.resolved.modules
    .flatMap((each) => each.module.items)
    .find((item) => item.kind === "attributes" && item.fields.includes(symbol.node as FieldNode));
  const root = of?.kind === "attributes" ? of.of : "agent";
  const field = (root === "agent" ? agent : context).find((each) => each.name === symbol.name);
  return withDoc(symbol, field === undefined ? [] : [code(`${root}.${fieldLine(field)}`)]);
}
