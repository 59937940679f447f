// Tests and properties as text, with the JSON in them.
import type {
  Expectation,
  GivenState,
  JsonNode,
  PropertyDeclaration,
  TestCases,
  TestDeclaration,
  TestItem,
  TestStep,
} from "../syntax/ast.ts";
import type { Name, QualifiedName } from "../syntax/expression.ts";
import { isReservedWord } from "../syntax/reserved-words.ts";
import { type Doc, group, hardline, indent, join, line, softline } from "./doc.ts";
import { printAnyName, printText, printTime } from "./literals.ts";
import { printBlock } from "./print-block.ts";
import { commentedList, durationText, printExpression, printQualified } from "./print-expression.ts";
import { printSelector } from "./print-selector.ts";
import type { SourceText } from "./source-text.ts";

type Member = Extract<JsonNode, { kind: "json-object" }>["members"][number];

export const printTest = (node: TestDeclaration, source: SourceText): Doc =>
  printBlock(
    `test ${printText(node.title.value)}`,
    node.title.span.end,
    node.span.end,
    node.items,
    source,
    (item) => printItem(item, source),
  );

function printItem(item: TestItem, source: SourceText): Doc {
  switch (item.kind) {
    case "setup":
      return [`${item.of} `, printJson(item.value, source)];
    case "given":
      return printGiven(item, source);
    case "after":
      return `after ${durationText(item.duration, source)}`;
    case "at":
      return `at ${printTime(item.time)}`;
    case "step":
      return printStep(item, source);
    case "cases":
      return printCases(item, source);
    case "visibility":
      return [`expect ${item.visible ? "visible" : "hidden"} `, printSelector(item.selector)];
  }
}

function printGiven(item: GivenState, source: SourceText): Doc {
  const key: Doc =
    item.key.length === 0
      ? ""
      : [
          "(",
          join(
            ", ",
            item.key.map((each) => printJson(each, source)),
          ),
          ")",
        ];
  const value: Doc = item.value === null ? "" : [" = ", printJson(item.value, source)];
  return [`given ${item.of} ${printQualified(item.name)}`, key, value];
}

/** A name as it was written: wire names may stand in quotes. */
const printTarget = (tool: QualifiedName, action: Name, source: SourceText): string =>
  [...tool.parts, action]
    .map((name) =>
      source.slice(name.span)?.startsWith('"') === true ? printText(name.text) : printAnyName(name.text),
    )
    .join(".");

function printStep(item: TestStep, source: SourceText): Doc {
  const head: Doc = [`step ${printTarget(item.tool, item.action, source)} `, printJson(item.args, source)];
  const clauses: Doc[] = [];
  if (item.facts !== null) clauses.push(["facts ", printJson(item.facts, source)]);
  for (const { by, role } of item.approvals)
    clauses.push(
      `approved by ${printText(by.value)}${role === null ? "" : ` role ${printText(role.value)}`}`,
    );
  if (item.result !== null) {
    const value: Doc = item.result.value === null ? "" : [" ", printJson(item.result.value, source)];
    clauses.push([`result ${item.result.status}`, value]);
  }
  if (item.expect !== null) clauses.push(["expect ", printExpectation(item.expect)]);
  if (item.expectResult !== null) clauses.push(["expect result ", printExpectation(item.expectResult)]);
  return group([head, indent(clauses.map((each) => [line, each]))]);
}

function printCases(item: TestCases, source: SourceText): Doc {
  const columns = item.columns.map((name) => printAnyName(name.text)).join(", ");
  const args = printJson(item.args, source);
  const header: Doc = [`cases ${printTarget(item.tool, item.action, source)} `, args, ` with ${columns}`];
  return printBlock(header, item.columns.at(-1)?.span.end ?? 0, item.span.end, item.rows, source, (row) => [
    join(
      ", ",
      row.values.map((each) => printJson(each, source)),
    ),
    " -> ",
    printExpectation(row.expect),
  ]);
}

function printExpectation(node: Expectation): Doc {
  const decisions = node.decisions.map((each) => each.decision).join(" or ");
  const parts = [`${node.negated ? "not " : ""}${decisions}`];
  if (node.by !== null) parts.push(`by ${node.by.map(printQualified).join(", ")}`);
  if (node.code !== null) parts.push(`code ${printAnyName(node.code.text)}`);
  if (node.reason !== null) parts.push(`reason ${printText(node.reason.value)}`);
  for (const each of node.redacts) parts.push(`redact ${printText(each.value)}`);
  return group(indent(join(line, parts)));
}

export function printProperty(node: PropertyDeclaration, source: SourceText): Doc {
  const { selector, where, expect } = node;
  // In the order of the text: comments are handed out in it.
  const note = source.trailing(node.title.span.end, true);
  const before = source.leading(selector.span);
  const calls = group([
    "for all call ",
    printSelector(selector),
    where === null ? "" : indent([line, "where ", printExpression(where, source)]),
  ]);
  const behind = source.trailing(where?.span.end ?? selector.span.end, true);
  const expected = [source.leading(expect.span), "expect ", printExpectation(expect)];
  const rest = [
    source.trailing(expect.span.end, true),
    source.dangling(node.span.end - 1).map((comment): Doc => [hardline, comment]),
  ];
  const lines = indent([hardline, before, calls, behind, hardline, expected, rest]);
  return [`property ${printText(node.title.value)} {`, note, lines, hardline, "}"];
}

// --------------------------------------------------------------------------------------------------------------- json

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function printJson(node: JsonNode, source: SourceText): Doc {
  switch (node.kind) {
    case "json-null":
      return "null";
    case "json-bool":
      return String(node.value);
    case "json-number":
      return node.text;
    case "json-string": {
      // A bare word is a member of an enum.
      const word = source.slice(node.span) === node.value && IDENTIFIER.test(node.value);
      return word && !isReservedWord(node.value) && node.value !== "null"
        ? node.value
        : printText(node.value);
    }
    case "json-array":
      return commentedList(
        "[",
        "]",
        softline,
        node.items,
        (each) => printJson(each, source),
        source,
        node.span.end,
      );
    case "json-object": {
      const members = node.members.map((member) => ({ ...member, span: spanOf(member) }));
      return commentedList(
        "{",
        "}",
        line,
        members,
        (each) => printMember(each, source),
        source,
        node.span.end,
      );
    }
  }
}

const spanOf = ({ keySpan, value }: Member): Member["keySpan"] => ({ ...keySpan, end: value.span.end });

const printMember = (member: Member, source: SourceText): Doc => [
  `${IDENTIFIER.test(member.key) ? member.key : printText(member.key)}: `,
  printJson(member.value, source),
];
