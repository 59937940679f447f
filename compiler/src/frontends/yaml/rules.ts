// Rules, limits and policies written out: `- deny: force_push`, `- limit: spend`, `- policy: p`.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type {
  ApprovalClause,
  Effect,
  Having,
  LimitDeclaration,
  PolicyDeclaration,
  RuleDeclaration,
  Scope,
  Selector,
} from "../../syntax/ast.ts";
import type { Expression, Name } from "../../syntax/expression.ts";
import { argument } from "./bare-names.ts";
import { readFields, readType } from "./fields.ts";
import { duration } from "./literals.ts";
import { MappingReader, listItems, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { named } from "./infer-arguments.ts";
import { readApproval, readRedactions, readShadow } from "./rule-clauses.ts";
import { readSelector } from "./selectors.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlMapping, YamlNode } from "./yaml-tree.ts";

const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ["allow", "allow"],
  ["deny", "deny"],
  ["withhold", "withhold"],
  ["sanitize", "sanitize"],
  ["require_approval", "approval"],
]);
const EMPTY = { kind: "selector", include: [], except: [] } as const;

export interface ReadRules {
  readonly rules: readonly RuleDeclaration[];
  readonly limits: readonly LimitDeclaration[];
}

export function readRules(scope: ModuleScope, node: YamlNode | undefined, place: string): ReadRules {
  const rules: RuleDeclaration[] = [];
  const limits: LimitDeclaration[] = [];
  for (const item of node === undefined ? [] : listItems(scope.context, node, place)) {
    if (item.kind !== "mapping") {
      scope.context.wrongShape(item, "a rule", "a mapping such as `{ deny: name, call: tool.action }`");
      continue;
    }
    if (item.entries.some(({ key }) => key.text === "limit")) limits.push(...readLimit(scope, item));
    else rules.push(...readRule(scope, item));
  }
  return { rules, limits };
}

function readRule(scope: ModuleScope, item: YamlMapping): readonly RuleDeclaration[] {
  const { context } = scope;
  const reader = new MappingReader(context, item, "rule", "a rule");
  const effects = [...EFFECTS.keys()].filter((key) => reader.has(key));
  const [key] = effects;
  const effect = key === undefined ? undefined : EFFECTS.get(key);
  if (key === undefined || effect === undefined || effects.length !== 1) {
    context.wrongShape(
      item,
      "a rule",
      `exactly one of ${[...EFFECTS.keys(), "limit"].join(", ")} with a name`,
    );
    return [];
  }
  const nameNode = reader.get(key);
  const name = nameNode === undefined ? undefined : context.name(nameNode, `\`${key}\``);
  const selector = readCall(scope, reader);
  if (name === undefined || selector === undefined) return [];
  return [
    {
      kind: "rule",
      span: item.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name,
      effect,
      selector,
      having: readHaving(scope, reader),
      ...readClauses(scope, reader, selector),
    },
  ];
}

/** The clauses of a rule that stand in `conditions` as well. */
export function readClauses(
  scope: ModuleScope,
  reader: MappingReader,
  selector: Selector,
): Omit<
  RuleDeclaration,
  "kind" | "span" | "doc" | "annotations" | "name" | "effect" | "selector" | "having"
> {
  return {
    shadow: readShadow(reader),
    when: reader.map("when", (node) => scope.condition(node, "`when`", selector)),
    unless: reader.map("unless", (node) => scope.condition(node, "`unless`", selector)),
    approval: readApproval(reader),
    redactions: readRedactions(reader),
    because: reader.map("because", (node) => scope.template(node, "`because`", selector)),
    hint: reader.map("hint", (node) => scope.template(node, "`hint`", selector)),
    absentDecides: true,
  };
}

export function readCall(scope: ModuleScope, reader: MappingReader): Selector | undefined {
  const node = reader.need("call", 'which actions? `tool.action`, `tool.*`, `"@group"`');
  return node === undefined ? undefined : readSelector(scope.context, scope.tools, node, "`call`");
}

/** `having: tenant`, `having: [args.url, { arg: amount, type: decimal }]`. */
function readHaving(scope: ModuleScope, reader: MappingReader): readonly Having[] {
  const { context } = scope;
  const path = (node: YamlNode): Expression => {
    const read = context.expression(node, "`having`");
    return read.kind === "name" && read.text !== "args" ? argument(read.text, read.span) : read;
  };
  return (
    reader.map("having", (list) =>
      oneOrMany(list).flatMap((node): Having[] => {
        if (isString(node)) return [{ span: node.span, path: path(node), type: null }];
        const item = openMapping(context, node, "having", "`having`", "name an argument");
        const arg = item?.need("arg");
        if (item === undefined || arg === undefined) return [];
        return [
          {
            span: node.span,
            path: path(arg),
            type: item.map("type", (each) => readType(context, each, "`type`")),
          },
        ];
      }),
    ) ?? []
  );
}

function readLimit(scope: ModuleScope, item: YamlMapping): readonly LimitDeclaration[] {
  const { context } = scope;
  const reader = new MappingReader(context, item, "limit", "a limit");
  const name = reader.map("limit", (node) => context.name(node, "`limit`") ?? null);
  const selector = readCall(scope, reader);
  const to = reader.need("to", "how much, or how many calls?");
  const per = readPer(scope, reader, selector);
  if (name === null || selector === undefined || to === undefined || per === undefined) return [];
  const amount = (key: string): Expression | null =>
    reader.map(key, (node) => scope.expression(node, `\`${key}\``, selector, named("decimal", node.span)));
  return [
    {
      kind: "limit",
      span: item.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name,
      selector,
      to: scope.expression(to, "`to`", { ...EMPTY, span: to.span }),
      sum: amount("sum"),
      settle: amount("settle"),
      ...per,
      over: reader.map("over", (node) => duration(context, node, "`over`")),
      otherwise: readElse(reader),
      because: reader.map("because", (node) => scope.template(node, "`because`", selector)),
      hint: reader.map("hint", (node) => scope.template(node, "`hint`", selector)),
    },
  ];
}

/** `per: session`, `per: [agent, args.recipient]`. */
function readPer(
  scope: ModuleScope,
  reader: MappingReader,
  selector: Selector | undefined,
): { scope: Scope; keys: readonly Expression[] } | undefined {
  const node = reader.need("per", "session, agent or tenant");
  if (node === undefined || selector === undefined) return undefined;
  const [first, ...keys] = oneOrMany(node);
  const of = first === undefined ? undefined : readScope(scope, first);
  return of === undefined
    ? undefined
    : { scope: of, keys: keys.map((each) => scope.expression(each, "`per`", selector)) };
}

export function readScope(scope: ModuleScope, node: YamlNode): Scope | undefined {
  if (isString(node) && (node.text === "session" || node.text === "agent" || node.text === "tenant"))
    return node.text;
  return scope.context.wrongShape(node, "`per`", "session, agent or tenant");
}

/** `else: approval`, `else: { by: { role: owner } }`. */
function readElse(reader: MappingReader): ApprovalClause | null {
  const node = reader.get("else");
  if (node === undefined) return null;
  if (isString(node) && node.text === "approval") return { span: node.span, by: [], via: [], within: null };
  const inner = openMapping(
    reader.context,
    node,
    "approval",
    "`else`",
    "write `approval`, or who approves: `{ by: { role: owner } }`",
  );
  return inner === undefined
    ? null
    : (readApproval(inner) ?? { span: node.span, by: [], via: [], within: null });
}

/** `agent: a`, `agent: [a, b]`, `for: condition`: the `for` of a policy. */
export function readFor(
  scope: ModuleScope,
  reader: MappingReader,
): { scope: Expression | null; ids: readonly Name[] } {
  const { context } = scope;
  const ids =
    reader.map("agent", (node) => oneOrMany(node).flatMap((each) => context.name(each, "`agent`") ?? [])) ??
    [];
  const condition = reader.map("for", (node) => context.expression(node, "`for`"));
  const [first] = ids;
  if (first === undefined) return { scope: condition, ids };
  const span = reader.get("agent")?.span ?? first.span;
  const id: Expression = {
    kind: "field",
    span,
    of: { kind: "name", span, text: "agent" },
    name: { kind: "name", span, text: "id" },
  };
  const texts = ids.map((each): Expression => ({ kind: "string", span: each.span, value: each.text }));
  const [only] = texts;
  const isAgent: Expression = {
    kind: "binary",
    span,
    op: texts.length === 1 ? "==" : "in",
    opSpan: span,
    left: id,
    right:
      texts.length === 1 && only !== undefined ? only : { kind: "collection", span, of: "set", items: texts },
  };
  return {
    scope:
      condition === null
        ? isAgent
        : { kind: "binary", span, op: "and", opSpan: span, left: isAgent, right: condition },
    ids,
  };
}

export function readPolicy(
  scope: ModuleScope,
  node: YamlNode,
): { policy: PolicyDeclaration | null; limits: readonly LimitDeclaration[] } {
  const reader = openMapping(scope.context, node, "policy", "a policy");
  const nameNode = reader?.need("policy", "the name of the policy");
  const name = nameNode === undefined ? undefined : scope.context.name(nameNode, "`policy`");
  if (reader === undefined || name === undefined) return { policy: null, limits: [] };
  const { fields } = readFields(scope.context, reader.get("params"), "`params`");
  const added = fields.map((field) => field.name.text).filter((each) => !scope.declared.has(each));
  // Inside the policy a bare name may be one of its parameters.
  for (const field of fields) scope.declare(field.name.text, "a parameter of the policy", field.type);
  const { rules, limits } = readRules(scope, reader.need("rules"), "`rules`");
  for (const each of added) scope.declared.delete(each);
  for (const limit of limits)
    scope.context.report(
      yamlDiagnostics["unknown-key"](limit.name.span, {
        key: "limit",
        place: "a policy",
        hint: "limits count for every agent: write it under `rules` of the file",
      }),
    );
  return {
    policy: {
      kind: "policy",
      span: node.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name,
      params: fields,
      shadow: readShadow(reader),
      scope: readFor(scope, reader).scope,
      rules,
    },
    limits: [],
  };
}
