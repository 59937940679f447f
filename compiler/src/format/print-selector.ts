// Selectors, redactions, approvals and templates as text.
import type {
  ApprovalClause,
  RedactClause,
  RedactPath,
  Selector,
  SelectorPart,
  Template,
} from "../syntax/ast.ts";
import { type Doc, group, indent, join, layOut, line } from "./doc.ts";
import { printAnyName, printName, printTemplateText, printText } from "./literals.ts";
import { durationText, printExpression, printLiteral, printQualified } from "./print-expression.ts";
import { SourceText } from "./source-text.ts";

/** Literals in a placeholder are written anew: the text around them is escaped. */
const FLAT = new SourceText(null, []);

/** `bare`: a tool without actions is a name alone, as where a rule may be meant. */
export function printSelector(node: Selector, bare = false): Doc {
  const parts = (all: readonly SelectorPart[], alone: boolean) =>
    join(
      [",", line],
      all.map((each) => printPart(each, alone)),
    );
  const except: Doc = node.except.length === 0 ? "" : [line, "except ", parts(node.except, false)];
  return group(indent([parts(node.include, bare), except]));
}

function printPart(part: SelectorPart, bare: boolean): Doc {
  switch (part.kind) {
    case "everything":
      return "*";
    case "group":
      return `@${printQualified(part.name)}`;
    case "tool": {
      const tool = printQualified(part.tool);
      if (part.actions === null) return bare && part.tool.parts.length === 1 ? tool : `${tool}.*`;
      const names = part.actions.map((name) => printAnyName(name.text));
      return names.length === 1 ? `${tool}.${names.join("")}` : `${tool}.{${names.join(", ")}}`;
    }
  }
}

/** `by 2 of role "x" via releases within 30m`. */
export function printApproval(node: ApprovalClause, source: SourceText): Doc {
  const parts: Doc[] = [];
  const by = node.by.map(({ count, role, user }) =>
    user !== null
      ? `user ${printText(user.value)}`
      : `${count === 1 ? "" : `${count} of `}role ${printText(role?.value ?? "")}`,
  );
  if (by.length > 0) parts.push(`by ${by.join(" and ")}`);
  if (node.via.length > 0) parts.push(`via ${node.via.map((name) => printName(name.text)).join(", ")}`);
  if (node.within !== null) parts.push(`within ${durationText(node.within, source)}`);
  return join(" ", parts);
}

export function printRedaction(node: RedactClause, source: SourceText): Doc {
  const matching: Doc = node.matching === null ? "" : [" matching ", printExpression(node.matching, source)];
  const method: Doc =
    node.with.kind === "replace"
      ? ["replace ", printLiteral(node.with.value, source)]
      : node.with.kind === "truncate"
        ? `truncate ${node.with.keep}`
        : node.with.kind;
  return [printRedactPath(node.path), matching, " with ", method];
}

export const printRedactPath = (path: RedactPath): string =>
  path.root +
  path.steps
    .map((step) => {
      switch (step.kind) {
        case "field":
          return `.${printAnyName(step.name.text)}`;
        case "key":
          return `[${printText(step.key.value)}]`;
        case "each":
          return ".*";
        case "everywhere":
          return ".**";
      }
    })
    .join("");

/** A text with placeholders, in quotes; the quotes and backslashes of an expression are escaped once more. */
export function printTemplate(node: Template): string {
  const parts = node.parts.map((part) =>
    part.kind === "text"
      ? printTemplateText(part.text)
      : `{${layOut(printExpression(part.expression, FLAT), Infinity).replace(/["\\]/g, "\\$&")}}`,
  );
  return `"${parts.join("")}"`;
}
