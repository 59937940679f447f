// Declarations as text: one printer a kind.
import type {
  ActionNode,
  Item,
  LabelDeclaration,
  LabelTransition,
  LimitDeclaration,
  Refinement,
} from "../syntax/ast.ts";
import type { Expression, TypeNode } from "../syntax/expression.ts";
import { type Doc, group, hardline, indent, join, line, softline } from "./doc.ts";
import { printAnyName, printName, printText } from "./literals.ts";
import { printBlock, printHead, withRest } from "./print-block.ts";
import {
  commentedList,
  durationText,
  printBounds,
  printExpression,
  printFields,
  printQualified,
  printType,
} from "./print-expression.ts";
import { printException, printPolicy, printRule, printUse } from "./print-rule.ts";
import { printApproval, printSelector, printTemplate } from "./print-selector.ts";
import { printProperty, printTest } from "./print-test.ts";
import type { SourceText } from "./source-text.ts";

type Printers = {
  readonly [Kind in Item["kind"]]: (node: Extract<Item, { kind: Kind }>, source: SourceText) => Doc;
};

const PRINTERS: Printers = {
  import: (node) => {
    const names =
      node.names === null ? "" : `.{${node.names.map((each) => printAnyName(each.text)).join(", ")}}`;
    const alias = node.alias === null ? "" : ` as ${printName(node.alias.text)}`;
    const wire = node.on === null ? "" : ` on ${printText(node.on.value)}`;
    return `import ${printQualified(node.path)}${names}${alias}${wire}`;
  },
  tools: (node, source) => {
    const header = `tools ${printText(node.manifest.value)} as ${printName(node.name.text)}`;
    if (node.refinements.length === 0) return header;
    const print = (each: Refinement) => printRefinement(each, source);
    return printBlock(header, node.name.span.end, node.span.end, node.refinements, source, print);
  },
  tool: (node, source) => {
    const wire = node.wire === null ? "" : ` as ${printText(node.wire.value)}`;
    const header = `tool ${printName(node.name.text)}${wire}`;
    const end = node.wire?.span.end ?? node.name.span.end;
    return printBlock(header, end, node.span.end, node.actions, source, (each) => printAction(each, source));
  },
  enum: (node, source) => {
    const print = (each: { readonly text: string }) => printAnyName(each.text);
    const members = commentedList("{", "}", line, node.members, print, source, node.span.end);
    return [`enum ${printName(node.name.text)} `, members];
  },
  type: (node, source) => [`type ${printName(node.name.text)} = `, printType(node.type, source)],
  attributes: (node, source) => [
    `${node.of} `,
    printFields("{", "}", line, node.fields, false, source, node.span.end),
  ],
  const: (node, source) => [
    `const ${printName(node.name.text)}`,
    node.type === null ? "" : [": ", printType(node.type, source)],
    " = ",
    printExpression(node.value, source),
  ],
  data: (node, source) => [`data ${printName(node.name.text)}: `, printType(node.type, source)],
  param: (node, source) => {
    const { type, bounds } = withoutRange(node.type);
    const range = bounds === "" ? "" : ` ${bounds}`;
    const name = `param ${printName(node.name.text)}: `;
    return [name, printType(type, source), " = ", printExpression(node.value, source), range];
  },
  fn: (node, source) => [
    `fn ${printName(node.name.text)}`,
    printFields(
      "(",
      ")",
      softline,
      node.params,
      false,
      source,
      source.endOfList(node.params.at(-1)?.span.end ?? node.name.span.end),
    ),
    ": ",
    printType(node.result, source),
    " = ",
    printExpression(node.body, source),
  ],
  pattern: (node, source) => {
    const alternatives = node.alternatives.map((each) => printExpression(each, source));
    return group([`pattern ${printName(node.name.text)} = `, indent(join([line, "| "], alternatives))]);
  },
  fact: (node, source) => [
    `fact ${printName(node.name.text)}(`,
    printType(node.of, source),
    "): ",
    printType(node.result, source),
  ],
  group: (node) => [`group ${printName(node.name.text)} = `, printSelector(node.selector)],
  label: printLabel,
  limit: printLimit,
  policy: printPolicy,
  use: printUse,
  rule: printRule,
  exception: printException,
  test: printTest,
  property: printProperty,
};

/** A declaration with its documentation and annotations. */
export function printItem(node: Item, source: SourceText): Doc {
  const print = PRINTERS[node.kind] as (item: Item, text: SourceText) => Doc;
  return [printHead(node.doc, node.annotations, source), print(node, source)];
}

/** A range of a parameter is written behind its value. */
function withoutRange(type: TypeNode): { readonly type: TypeNode; readonly bounds: string } {
  if (type.kind !== "type-name" || type.bounds === null || type.bounds.min === null)
    return { type, bounds: "" };
  return { type: { ...type, bounds: null }, bounds: printBounds(type.bounds) };
}

function printRefinement(node: Refinement, source: SourceText): Doc {
  const last = node.fields.at(-1)?.span ?? node.action?.span;
  const end = source.endOfList(last?.end ?? node.span.start + 1);
  return [
    node.action === null ? "* " : `${printAnyName(node.action.text)} `,
    printFields("{", "}", line, node.fields, node.open, source, end),
    node.result === null ? "" : [": ", printType(node.result, source)],
  ];
}

function printAction(node: ActionNode, source: SourceText): Doc {
  const wire = node.wire === null ? "" : ` as ${printText(node.wire.value)}`;
  const end = source.endOfList(node.params.at(-1)?.span.end ?? node.wire?.span.end ?? node.name.span.end);
  return [
    printHead(node.doc, node.annotations, source),
    `${printAnyName(node.name.text)}${wire}`,
    printFields("(", ")", softline, node.params, node.open, source, end),
    node.result === null ? "" : [": ", printType(node.result, source)],
  ];
}

function printLabel(node: LabelDeclaration, source: SourceText): Doc {
  const keys =
    node.keys.length === 0
      ? ""
      : printFields(
          "(",
          ")",
          softline,
          node.keys,
          false,
          source,
          source.endOfList(node.keys.at(-1)?.span.end ?? 0),
        );
  const max = node.max === null ? "" : ` max ${node.max}`;
  const separator = node.transitions.length > 1 ? hardline : line;
  const transitions = node.transitions.map((each): Doc => [
    separator,
    source.leading(each.span),
    withRest(each.span, printTransition(each, source), source),
  ]);
  const rest = source.dangling(node.span.end).map((comment): Doc => [hardline, comment]);
  const scope = [separator, `per ${node.scope}${max}`];
  return group([`label ${printName(node.name.text)}`, keys, indent([transitions, rest, scope])]);
}

function printTransition(node: LabelTransition, source: SourceText): Doc {
  const bare = node.on === "approval" || node.on === "denied";
  const keys = node.key.map((each) => printExpression(each, source));
  const each: Doc =
    node.each === null
      ? ""
      : [" for each ", printName(node.each.name.text), " in ", printExpression(node.each.over, source)];
  return [
    `${node.op} on ${node.on} `,
    printSelector(node.selector, bare),
    keys.length === 0 ? "" : [" key ", join(", ", keys), each],
    node.when === null ? "" : [" when ", printExpression(node.when, source)],
  ];
}

function printLimit(node: LimitDeclaration, source: SourceText): Doc {
  const clause = (word: string, value: Expression | null): Doc =>
    value === null ? "" : [line, `${word} `, printExpression(value, source)];
  const keys = node.keys.map((each): Doc => [", ", printExpression(each, source)]);
  const approval = node.otherwise === null ? "" : printApproval(node.otherwise, source);
  return group([
    `limit ${printName(node.name.text)}: `,
    printSelector(node.selector),
    indent([
      clause("to", node.to),
      clause("sum", node.sum),
      clause("settle", node.settle),
      [line, `per ${node.scope}`, keys],
      node.over === null ? "" : [line, `over ${durationText(node.over, source)}`],
      node.otherwise === null
        ? ""
        : [
            line,
            "else require approval",
            Array.isArray(approval) && approval.length === 0 ? "" : [" ", approval],
          ],
      node.because === null ? "" : [line, `because ${printTemplate(node.because)}`],
      node.hint === null ? "" : [line, `hint ${printTemplate(node.hint)}`],
    ]),
  ]);
}
