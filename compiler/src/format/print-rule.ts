// Policies, rules, uses and exceptions as text.
import type { Span } from "../source/span.ts";
import type {
  Effect,
  ExceptionDeclaration,
  Having,
  PolicyDeclaration,
  RuleDeclaration,
  Shadow,
  UsePolicy,
} from "../syntax/ast.ts";
import { type Doc, group, hardline, indent, join, line, softline } from "./doc.ts";
import { printAnyName, printName, printText, printTime } from "./literals.ts";
import { printBlock, printHead, withRest } from "./print-block.ts";
import {
  printArguments,
  printExpression,
  printFields,
  printQualified,
  printType,
} from "./print-expression.ts";
import { printApproval, printRedaction, printSelector, printTemplate } from "./print-selector.ts";
import type { SourceText } from "./source-text.ts";

const EFFECTS: Readonly<Record<Effect, string>> = {
  allow: "allow",
  sanitize: "sanitize",
  approval: "require approval",
  deny: "deny",
  withhold: "withhold",
};

const printShadow = (shadow: Shadow | null): string =>
  shadow === null ? "" : shadow.until === null ? "shadow " : `shadow until ${printTime(shadow.until)} `;

export function printPolicy(node: PolicyDeclaration, source: SourceText): Doc {
  const name = `${printShadow(node.shadow)}policy ${printName(node.name.text)}`;
  const params =
    node.params.length === 0
      ? ""
      : printFields(
          "(",
          ")",
          softline,
          node.params,
          false,
          source,
          source.endOfList(node.params.at(-1)?.span.end ?? 0),
        );
  const scope: Doc = node.scope === null ? "" : group([" for ", printExpression(node.scope, source)]);
  const last = node.params.at(-1);
  const headerEnd =
    node.scope?.span.end ?? (last === undefined ? node.name.span.end : source.endOfList(last.span.end));
  const print = (rule: RuleDeclaration): Doc => [
    printHead(rule.doc, rule.annotations, source),
    printRule(rule, source),
  ];
  return printBlock([name, params, scope], headerEnd, node.span.end, node.rules, source, print, apart);
}

/** Rules of several lines stand apart. */
const apart = (before: RuleDeclaration, rule: RuleDeclaration): boolean =>
  clauseCount(before) > 1 || clauseCount(rule) > 1;
const clauseCount = (rule: RuleDeclaration): number =>
  rule.redactions.length +
  [rule.when, rule.unless, rule.approval, rule.because, rule.hint, rule.doc].filter((each) => each !== null)
    .length;

interface Clause {
  readonly span: Span;
  print(): Doc;
}

/** On one line with at most one clause, where it fits; else a clause a line. */
export function printRule(node: RuleDeclaration, source: SourceText): Doc {
  const head: Doc = [
    `${printShadow(node.shadow)}${EFFECTS[node.effect]} ${printAnyName(node.name.text)}: `,
    printSelector(node.selector),
    printHaving(node.having, source),
  ];
  const clauses = clausesOf(node, source);
  const headEnd = node.having.at(-1)?.span.end ?? node.selector.span.end;
  const note = source.trailing(headEnd, clauses.length === 0);
  const separator = clauses.length > 1 ? hardline : line;
  const lines = clauses.map((clause): Doc => [
    separator,
    source.leading(clause.span),
    withRest(clause.span, clause.print(), source),
  ]);
  return group([head, note, indent(lines)]);
}

function printHaving(having: readonly Having[], source: SourceText): Doc {
  if (having.length === 0) return "";
  const all = having.map(({ path, type }): Doc => [
    printExpression(path, source),
    type === null ? "" : [": ", printType(type, source)],
  ]);
  return [" having ", join(", ", all)];
}

function clausesOf(node: RuleDeclaration, source: SourceText): Clause[] {
  const clauses: Clause[] = [];
  const { when, unless, approval, redactions, because, hint } = node;
  const add = (span: Span, print: () => Doc) => clauses.push({ span, print });
  if (when !== null) add(when.span, () => ["when ", printExpression(when, source)]);
  if (unless !== null) add(unless.span, () => ["unless ", printExpression(unless, source)]);
  if (approval !== null) add(approval.span, () => printApproval(approval, source));
  for (const each of redactions) add(each.span, () => ["redact ", printRedaction(each, source)]);
  if (because !== null) add(because.span, () => `because ${printTemplate(because)}`);
  if (hint !== null) add(hint.span, () => `hint ${printTemplate(hint)}`);
  return clauses;
}

export function printUse(node: UsePolicy, source: SourceText): Doc {
  const alias = node.alias === null ? "" : ` as ${printName(node.alias.text)}`;
  const scope: Doc = node.scope === null ? "" : [" for ", printExpression(node.scope, source)];
  return group([`use ${printQualified(node.policy)}`, printArguments(node.args, source), alias, scope]);
}

export function printException(node: ExceptionDeclaration, source: SourceText): Doc {
  const scope: Doc = node.scope === null ? "" : [" for ", printExpression(node.scope, source)];
  const clauses: Doc[] = [];
  if (node.when !== null) clauses.push(["when ", printExpression(node.when, source)]);
  if (node.until !== null) clauses.push(`until ${printTime(node.until)}`);
  if (node.grantedBy !== null) clauses.push(`granted by ${printText(node.grantedBy.value)}`);
  if (node.because !== null) clauses.push(`because ${printTemplate(node.because)}`);
  return group([
    `exception ${printAnyName(node.name.text)}: waive ${printQualified(node.rule)}`,
    scope,
    indent(clauses.map((each) => [line, each])),
  ]);
}
