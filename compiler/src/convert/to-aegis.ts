// A policy in YAML as Aegis text: the same tree, with what YAML leaves to the reader written out.
import type { CheckedProgram } from "../checker/checked-program.ts";
import { printModule } from "../format/format-module.ts";
import type { Item, Module, RuleDeclaration } from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";

/** Optional arguments that the condition of a rule reads as if they were there: what YAML decides by itself. */
export type AbsentReads = ReadonlyMap<RuleDeclaration, readonly Expression[]>;

export function absentReads(checked: CheckedProgram): AbsentReads {
  const reads = new Map<RuleDeclaration, Map<string, Expression>>();
  for (const rule of checked.rules)
    for (const group of rule.groups)
      for (const each of group.absentDecides ?? []) {
        const known = reads.get(rule.declaration) ?? new Map<string, Expression>();
        known.set(keyOf(each), each);
        reads.set(rule.declaration, known);
      }
  return new Map([...reads].map(([rule, each]) => [rule, [...each.values()]]));
}

/**
 * The text of a module in Aegis. `absent` comes from checking the module (`absentReads`); rule ids stay as they are.
 * Comments of the YAML file are not carried over.
 */
export function convertToAegis(module: Module, absent: AbsentReads): string {
  const items = module.items.map((item) => explicit(item, absent));
  return printModule({ ...module, dialect: "aegis", items });
}

function explicit(item: Item, absent: AbsentReads): Item {
  switch (item.kind) {
    case "rule":
      return explicitRule(item, absent);
    case "policy":
      return { ...item, rules: item.rules.map((rule) => explicitRule(rule, absent)) };
    case "tool":
      return { ...item, inferred: false };
    default:
      return item;
  }
}

/** Where one of the arguments is absent a restriction holds, whatever `unless` says, and a grant does not. */
function explicitRule(rule: RuleDeclaration, absent: AbsentReads): RuleDeclaration {
  const reads = absent.get(rule) ?? [];
  const plain = { ...rule, absentDecides: false };
  if (reads.length === 0) return plain;
  const grants = rule.effect === "allow";
  const isThere = reads.map((of): Expression => ({
    kind: "is",
    span: of.span,
    of,
    what: grants ? "present" : "absent",
  }));
  const condition = join("and", [
    ...(rule.when === null ? [] : [rule.when]),
    ...(rule.unless === null ? [] : [not(rule.unless)]),
  ]);
  return {
    ...plain,
    when: join(grants ? "and" : "or", [...isThere, ...(condition === null ? [] : [condition])]),
    unless: null,
  };
}

const join = (op: "and" | "or", parts: readonly Expression[]): Expression | null =>
  parts.length === 0
    ? null
    : parts.reduce((left, right) => ({
        kind: "binary",
        span: left.span,
        op,
        opSpan: left.span,
        left,
        right,
      }));

const not = (of: Expression): Expression => ({ kind: "unary", span: of.span, op: "not", of });

/** A place as text: `args.a.b["c"]`. */
function keyOf(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.text;
    case "field":
      return `${keyOf(node.of)}.${node.name.text}`;
    case "index":
      return `${keyOf(node.of)}[${node.index.kind === "string" ? JSON.stringify(node.index.value) : keyOf(node.index)}]`;
    default:
      return `${node.kind}@${String(node.span.start)}`;
  }
}
