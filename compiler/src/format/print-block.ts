// Nodes below one another with their comments and the author's empty lines, at top level and in braces.
import type { Span } from "../source/span.ts";
import type { Annotation } from "../syntax/ast.ts";
import { type Doc, emptyLine, group, hardline, indent, join, line } from "./doc.ts";
import { printAnyName } from "./literals.ts";
import { printDoc, printLiteral } from "./print-expression.ts";
import type { SourceText } from "./source-text.ts";

interface Line {
  readonly span: Span;
}

/** `apart`: whether an empty line stands between two nodes of a tree that no text belongs to. */
export function printLines<Node extends Line>(
  nodes: readonly Node[],
  source: SourceText,
  print: (node: Node) => Doc,
  apart: (before: Node, node: Node) => boolean = () => false,
): Doc[] {
  return nodes.map((node, index): Doc => {
    const before = nodes[index - 1];
    const first = source.firstFrom(node.span.start);
    const empty =
      before !== undefined &&
      (source.synthetic ? apart(before, node) : source.emptyLineBetween(before.span.end, first));
    const separator: Doc = before === undefined ? [] : empty ? emptyLine : hardline;
    const leading = source.leading(node.span);
    return [separator, leading, withRest(node.span, print(node), source)];
  });
}

/** A node, the comment at its end, and below it the comments in it that found no place. */
export function withRest(span: Span, doc: Doc, source: SourceText): Doc {
  const rest = source.dangling(span.end).map((comment): Doc => [hardline, comment]);
  return [doc, source.trailing(span.end, true), rest];
}

/** `header { … }` with one node a line; `headerEnd` is where the header ends, `end` where the closing brace does. */
export function printBlock<Node extends Line>(
  header: Doc,
  headerEnd: number,
  end: number,
  nodes: readonly Node[],
  source: SourceText,
  print: (node: Node) => Doc,
  apart?: (before: Node, node: Node) => boolean,
): Doc {
  const note = source.trailing(headerEnd, true);
  const lines = printLines(nodes, source, print, apart);
  const last = nodes[nodes.length - 1];
  const from = source.firstFrom(end - 1);
  const rest = source.dangling(end - 1);
  if (lines.length === 0 && rest.length === 0) return [header, " {}", note];
  const empty = last !== undefined && rest.length > 0 && source.emptyLineBetween(last.span.end, from);
  const gap: Doc = lines.length === 0 || rest.length === 0 ? [] : empty ? emptyLine : hardline;
  return [header, " {", note, indent([hardline, lines, gap, join(hardline, rest)]), hardline, "}"];
}

/** Documentation and annotations before a declaration. */
export function printHead(doc: string | null, annotations: readonly Annotation[], source: SourceText): Doc {
  const documentation = source.synthetic ? printDoc(doc) : [];
  if (annotations.length === 0) return documentation;
  const all = annotations.map((each) => printAnnotation(each, source));
  return [documentation, group(join(line, all)), hardline];
}

function printAnnotation(node: Annotation, source: SourceText): Doc {
  const name = `@${printAnyName(node.name.text)}`;
  if (node.args.length === 0) return name;
  const args = node.args.map((each): Doc => [
    each.name === null ? "" : `${printAnyName(each.name.text)}: `,
    printLiteral(each.value, source),
  ]);
  return [name, "(", join(", ", args), ")"];
}
