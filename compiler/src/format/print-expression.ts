// Expressions and types as text, with as few parentheses as their meaning allows.
import { isReservedWord } from "../syntax/reserved-words.ts";
import type {
  BinaryExpression,
  BinaryOperator,
  Expression,
  FieldNodeRef,
  Literal,
  QualifiedName,
  TypeNode,
} from "../syntax/expression.ts";
import type { Span } from "../source/span.ts";
import { breakParent, type Doc, group, hardline, ifBroken, indent, join, line, softline } from "./doc.ts";
import { printAnyName, printDuration, printName, printRegex, printText } from "./literals.ts";
import type { SourceText } from "./source-text.ts";

/** How tightly an operator binds; an operand that binds less tightly stands in parentheses. */
const BINDING: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  in: 4,
  "not in": 4,
  within: 4,
  under: 4,
  matches: 4,
  else: 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "%": 7,
};
const NOT = 3;
const COMPARISON = 4;
const ELSE = 5;
const NEGATION = 8;
const AS = 9;
const POSTFIX = 10;

interface Around {
  /** Nothing follows that a quantifier or an `if` could swallow. */
  readonly tail: boolean;
  /** In the `then` of an `if`, where a bare `else` would end it. */
  readonly elseEnds: boolean;
}
const ALONE: Around = { tail: true, elseEnds: false };

export function printExpression(
  node: Expression,
  source: SourceText,
  binding = 0,
  around: Around = ALONE,
): Doc {
  const needed = bindingOf(node);
  const swallows = needed === 0 && !(around.tail && binding <= NOT);
  const endsBranch = around.elseEnds && node.kind === "binary" && node.op === "else";
  if (needed !== 0 ? needed >= binding && !endsBranch : !swallows) return bare(node, source, around);
  return group(["(", indent([softline, bare(node, source, ALONE)]), softline, ")"]);
}

function bindingOf(node: Expression): number {
  switch (node.kind) {
    case "quantifier":
    case "if":
      return 0;
    case "binary":
      return BINDING[node.op];
    case "unary":
      return node.op === "not" ? NOT : NEGATION;
    case "is":
      return COMPARISON;
    case "as":
    case "has":
      return AS;
    default:
      return POSTFIX;
  }
}

function bare(node: Expression, source: SourceText, around: Around): Doc {
  const inner = { tail: false, elseEnds: around.elseEnds };
  switch (node.kind) {
    case "string":
    case "number":
    case "bool":
    case "duration":
    case "time":
      return printLiteral(node, source);
    case "name":
      return printName(node.text);
    case "field":
      return [printExpression(node.of, source, POSTFIX, inner), ".", printAnyName(node.name.text)];
    case "index":
      return [
        printExpression(node.of, source, POSTFIX, inner),
        "[",
        printExpression(node.index, source),
        "]",
      ];
    case "call":
      return [printExpression(node.callee, source, POSTFIX, inner), printArguments(node.args, source)];
    case "unary":
      return node.op === "not"
        ? ["not ", printExpression(node.of, source, NOT, around)]
        : ["-", printExpression(node.of, source, NEGATION, inner)];
    case "binary":
      return printBinary(node, source, around);
    case "is":
      return [printExpression(node.of, source, ELSE, inner), " is ", node.what];
    case "where-present":
      return [printExpression(node.of, source, POSTFIX, inner), " where present"];
    case "if":
      return group([
        "if ",
        printExpression(node.condition, source),
        indent([
          line,
          "then ",
          printExpression(node.then, source, 0, { tail: true, elseEnds: true }),
          line,
          "else ",
          printExpression(node.else, source, 0, around),
        ]),
      ]);
    case "quantifier":
      return group([
        `${node.op}${node.nonEmpty ? " non-empty" : ""} ${printName(node.variable.text)} in `,
        printExpression(node.over, source, 1, { tail: false, elseEnds: around.elseEnds }),
        ":",
        indent([line, printExpression(node.body, source, 0, around)]),
      ]);
    case "has":
      return [
        `${node.scope} has ${printQualified(node.label)}`,
        node.key.length === 0 ? "" : printArguments(node.key, source),
      ];
    case "collection":
      return node.of === "set"
        ? commentedList(
            "{",
            "}",
            line,
            node.items,
            (each) => printExpression(each, source),
            source,
            node.span.end,
          )
        : commentedList(
            "[",
            "]",
            softline,
            node.items,
            (each) => printExpression(each, source),
            source,
            node.span.end,
          );
    case "as":
      return [printExpression(node.of, source, POSTFIX, inner), " as ", printType(node.type, source)];
    case "regex":
      return `${printRegex(node.source)}${node.ignoreCase ? " ignore case" : ""}`;
    case "missing":
      return source.slice(node.span) ?? "";
  }
}

/** `(a, b)`. */
export const printArguments = (nodes: readonly Expression[], source: SourceText): Doc =>
  nodes.length === 0
    ? "()"
    : group([
        "(",
        indent([
          softline,
          join(
            [",", line],
            nodes.map((each) => printExpression(each, source)),
          ),
        ]),
        softline,
        ")",
      ]);

/** Chains of one operator (`a and b and c`) break before each, all or none. */
function printBinary(node: BinaryExpression, source: SourceText, around: Around): Doc {
  const { op } = node;
  const binding = BINDING[op];
  const inner = { tail: false, elseEnds: around.elseEnds };
  if (op === "else") {
    const left = printExpression(node.left, source, binding + 1, inner);
    const right = printExpression(node.right, source, binding, { ...around, tail: false });
    return group([left, indent([line, "else ", right])]);
  }
  const last = { tail: around.tail && binding < COMPARISON, elseEnds: around.elseEnds };
  if (binding === COMPARISON) {
    const left = printExpression(node.left, source, binding + 1, inner);
    const right = printExpression(node.right, source, binding + 1, last);
    // `within 30m` is the clause of an approval.
    const clause = op === "within" && startsWithDuration(node.right);
    return [left, ` ${op} `, clause ? ["(", right, ")"] : right];
  }
  const chain: BinaryExpression[] = [node];
  let first = node.left;
  for (; first.kind === "binary" && BINDING[first.op] === binding; first = first.left) chain.push(first);
  const head = [printExpression(first, source, binding, inner), source.trailing(first.span.end, false)];
  const rest = chain.reverse().map((each): Doc => {
    const leading = source.leading(each.opSpan);
    const right = printExpression(each.right, source, binding + 1, each === node ? last : inner);
    const trailing = each === node ? [] : source.trailing(each.span.end, false);
    return [line, leading, `${each.op} `, right, trailing];
  });
  return group([head, indent(rest)]);
}

function startsWithDuration(node: Expression): boolean {
  switch (node.kind) {
    case "duration":
      return true;
    case "field":
    case "index":
    case "as":
    case "where-present":
    case "is":
      return startsWithDuration(node.of);
    case "call":
      return startsWithDuration(node.callee);
    case "binary":
      return startsWithDuration(node.left);
    default:
      return false;
  }
}

/** Longer lists of plain words fill their lines; shorter ones stand one word a line. */
const MANY = 6;
const isEmptyDoc = (doc: Doc): boolean => (Array.isArray(doc) ? doc.every(isEmptyDoc) : doc === "");

/** Items between brackets with their comments: on one line, one a line, or filling lines; `end` is where the closing bracket ends. */
export function commentedList<Node extends { readonly span: Span }>(
  open: string,
  close: string,
  edge: Doc,
  items: readonly Node[],
  print: (node: Node) => Doc,
  source: SourceText,
  end: number,
  tail: string | null = null,
): Doc {
  let plain = items.length > MANY;
  const parts = items.map((item, index): { readonly item: Doc; readonly rest: Doc } => {
    const leading = source.leading(item.span);
    const comma = index < items.length - 1 || tail !== null ? "," : ifBroken(",");
    const printed = print(item);
    const trailing = source.trailing(item.span.end, false);
    plain &&= typeof printed === "string" && isEmptyDoc(leading) && isEmptyDoc(trailing);
    return { item: [leading, printed], rest: [comma, trailing] };
  });
  const dangling = source.dangling(end - 1);
  if (tail !== null) parts.push({ item: tail, rest: [] });
  if (dangling.length > 0) parts.push({ item: [join(hardline, dangling), breakParent], rest: [] });
  if (parts.length === 0) return `${open}${close}`;
  // Many words fill their lines: each break on its own, the comma behind it.
  const lines = parts.map(({ item, rest }, index): Doc =>
    index === 0 ? [item, rest] : plain ? [group([line, item]), rest] : [line, item, rest],
  );
  return group([open, indent([edge, lines]), edge, close]);
}

/** The text of a literal as it was written, where it was; its escaped form else. */
export function printLiteral(node: Literal, source: SourceText): Doc {
  switch (node.kind) {
    case "string": {
      // A bare word is a member of an enum.
      const word = source.slice(node.span) === node.value && /^[A-Za-z_]\w*$/.test(node.value);
      return word && !isReservedWord(node.value) ? node.value : printText(node.value);
    }
    case "number": {
      const text = source.slice(node.span);
      return text !== null && text.replaceAll("_", "") === node.text ? text : node.text;
    }
    case "bool":
      return String(node.value);
    case "duration":
      return durationText(node, source);
    case "time":
      return node.text;
  }
}

/** `24h` stays `24h`. */
export function durationText(
  node: { readonly span: Literal["span"]; readonly milliseconds: number },
  source: SourceText,
): string {
  const text = source.slice(node.span);
  return text !== null && /^\d+(ms|s|m|h|d)$/.test(text) ? text : printDuration(node.milliseconds);
}

export const printQualified = (name: QualifiedName): string =>
  name.parts.map(({ text }, index) => (index === 0 ? printName(text) : printAnyName(text))).join(".");

// ------------------------------------------------------------------------------------------------------------- types

export function printType(node: TypeNode, source: SourceText): Doc {
  switch (node.kind) {
    case "type-name": {
      const bounds = node.bounds === null ? "" : ` ${printBounds(node.bounds)}`;
      return `${printQualified(node.name)}${bounds}`;
    }
    case "type-collection": {
      const max = node.max === null ? "" : ` max ${node.max}`;
      const key = node.collection === "map" ? "string, " : "";
      return [`${node.collection}<${key}`, printType(node.of, source), `>${max}`];
    }
    case "type-record":
      return printFields("{", "}", line, node.fields, node.open, source, node.span.end);
    case "type-optional":
      return [printType(node.of, source), "?"];
    case "type-missing":
      return source.slice(node.span) ?? "";
  }
}

export function printBounds(bounds: NonNullable<Extract<TypeNode, { kind: "type-name" }>["bounds"]>): string {
  const max = bounds.max?.text ?? "";
  return bounds.min === null ? `max ${max}` : `in ${bounds.min.text}..${max}`;
}

/** Fields between brackets, with their comments; `end` is where the closing bracket ends. */
export function printFields(
  open: string,
  close: string,
  edge: Doc,
  fields: readonly FieldNodeRef[],
  unlisted: boolean,
  source: SourceText,
  end: number,
): Doc {
  const print = (field: FieldNodeRef): Doc => {
    const value: Doc = field.default === null ? "" : [" = ", printLiteral(field.default, source)];
    const doc = source.synthetic ? printDoc(field.doc) : [];
    return [doc, `${printAnyName(field.name.text)}: `, printType(field.type, source), value];
  };
  return commentedList(open, close, edge, fields, print, source, end, unlisted ? "..." : null);
}

/** Documentation from the tree, for trees without comments. */
export const printDoc = (doc: string | null): Doc =>
  doc === null
    ? []
    : doc.split(/\r\n|[\r\n]/).map((text) => [`/// ${safeComment(text)}`.trimEnd(), hardline]);

const safeComment = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]/gu,
    " ",
  );
