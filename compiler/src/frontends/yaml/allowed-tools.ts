// The short form: `allowed_tools` lists what may be called, `conditions` restricts it.
import { didYouMean } from "../../diagnostics/closest-name.ts";
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { Effect, RuleDeclaration, Selector, ToolDeclaration } from "../../syntax/ast.ts";
import type { Expression, Name } from "../../syntax/expression.ts";
import { NO_CLAUSES } from "../../syntax/no-clauses.ts";
import type { Span } from "../../source/span.ts";
import { argument } from "./bare-names.ts";
import { toIdentifier } from "./identifiers.ts";
import { named } from "./infer-arguments.ts";
import { MappingReader, listItems, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { readClauses } from "./rules.ts";
import type { ScopedTool } from "./tool-scope.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlNode, YamlScalar } from "./yaml-tree.ts";

interface Listed {
  readonly tool: ScopedTool;
  /** As written. */
  readonly name: Name;
  readonly actions: readonly Name[];
}

const EFFECTS: ReadonlyMap<string, Effect> = new Map([
  ["deny", "deny"],
  ["approval_needed", "approval"],
  ["sanitize", "sanitize"],
]);

export interface ShortForm {
  readonly rules: readonly RuleDeclaration[];
  /** Tools that nothing declares; their parameters are filled in once every use has been seen. */
  readonly open: readonly { readonly name: Name; readonly actions: readonly Name[] }[];
}

export function readShortForm(scope: ModuleScope, reader: MappingReader): ShortForm {
  const listed = reader.map("allowed_tools", (node) => readAllowedTools(scope, node)) ?? [];
  const rules = new Map<string, RuleDeclaration>();
  for (const { tool, name, actions } of listed)
    for (const action of actions) {
      const rule = allowRule(tool, name, action);
      if (rules.has(rule.name.text))
        scope.context.report(yamlDiagnostics["duplicate-name"](action.span, { name: rule.name.text }));
      else rules.set(rule.name.text, rule);
    }
  const conditions = reader.get("conditions");
  const restrictions = conditions === undefined ? [] : readConditions(scope, reader, conditions, listed);
  return {
    rules: [...rules.values(), ...restrictions],
    open: listed.filter(({ tool }) => tool.open),
  };
}

function readAllowedTools(scope: ModuleScope, node: YamlNode): readonly Listed[] {
  const { context } = scope;
  const seen = new Set<string>();
  return listItems(context, node, "`allowed_tools`").flatMap((item) => {
    const reader = openMapping(
      context,
      item,
      "allowedTool",
      "an allowed tool",
      "write `{ name: git, actions: [commit, push] }`",
    );
    const nameNode = reader?.need("name", "the name of the tool");
    const actionsNode = reader?.need("actions", "a list of actions: a tool alone grants nothing");
    const name = nameNode === undefined ? undefined : context.name(nameNode, "`name`");
    if (name === undefined || actionsNode === undefined) return [];
    if (seen.has(name.text)) {
      context.report(yamlDiagnostics["duplicate-tool"](name.span, { name: name.text }));
      return [];
    }
    seen.add(name.text);
    const actions = listItems(context, actionsNode, "`actions`").flatMap(
      (each) => context.name(each, "an action") ?? [],
    );
    const tool = scope.tools.find(name) ?? openTool(scope, name, actions);
    const known = actions.filter((action) => {
      if (tool.actions === null || tool.actions.has(action.text)) return true;
      const hint = didYouMean(
        action.text,
        tool.actions.keys(),
        `it has ${[...tool.actions.keys()].join(", ")}`,
      );
      context.report(
        yamlDiagnostics["unknown-action"](action.span, { tool: name.text, action: action.text, hint }),
      );
      return false;
    });
    return [{ tool, name, actions: known }];
  });
}

function openTool(scope: ModuleScope, name: Name, actions: readonly Name[]): ScopedTool {
  const tool: ScopedTool = {
    source: name.text,
    actions: new Map(actions.map((action) => [action.text, new Set()])),
    open: true,
  };
  scope.tools.declare(tool, null);
  return tool;
}

/** The declaration of an open tool, typed by how conditions use its arguments. */
export function openToolDeclarations(scope: ModuleScope, open: ShortForm["open"]): ToolDeclaration[] {
  return open.map(({ name, actions }) => ({
    kind: "tool",
    span: name.span,
    doc: null,
    annotations: [],
    name,
    wire: null,
    actions: actions.map((action) => ({
      span: action.span,
      doc: null,
      annotations: [],
      name: action,
      wire: null,
      params: scope.inferredParams(name.text, action.text),
      open: true,
      result: null,
    })),
    inferred: true,
  }));
}

function allowRule(tool: ScopedTool, name: Name, action: Name): RuleDeclaration {
  const { span } = action;
  return {
    kind: "rule",
    span,
    doc: null,
    annotations: [],
    name: { kind: "name", span, text: `allow_${toIdentifier(name.text)}_${toIdentifier(action.text)}` },
    effect: "allow",
    shadow: null,
    selector: selectorOf([{ tool, name, actions: [action] }], span),
    having: [],
    ...NO_CLAUSES,
    absentDecides: true,
  };
}

const selectorOf = (listed: readonly Listed[], span: Span): Selector => ({
  kind: "selector",
  span,
  include: listed
    .filter(({ actions }) => actions.length > 0)
    .map(({ tool, name, actions }) => ({
      kind: "tool",
      span: name.span,
      tool: {
        kind: "qualified-name",
        span: name.span,
        parts: [{ kind: "name", span: name.span, text: tool.source }],
      },
      actions,
    })),
  except: [],
});

function readConditions(
  scope: ModuleScope,
  module: MappingReader,
  node: YamlNode,
  listed: readonly Listed[],
): readonly RuleDeclaration[] {
  const { context } = scope;
  if (node.kind === "mapping" && node.entries.some(({ key }) => key.text === "allow")) {
    const allow = node.entries.find(({ key }) => key.text === "allow");
    context.report(
      yamlDiagnostics["unknown-key"](allow?.key.span ?? node.span, {
        key: "allow",
        place: "`conditions`",
        hint: "conditions only restrict: a grant with a condition is written under `rules`",
      }),
    );
    return [];
  }
  const reader = openMapping(
    context,
    node,
    "conditions",
    "`conditions`",
    'write `approval_needed: true if branch == "main"`',
  );
  if (reader === undefined) return [];
  if (!listed.some(({ actions }) => actions.length > 0)) {
    // A list that was refused has been reported.
    if (!module.has("allowed_tools"))
      context.report(yamlDiagnostics["no-tools"](module.keySpan("conditions")));
    return [];
  }
  return [...EFFECTS].flatMap(([decision, effect]) => {
    const value = reader.get(decision);
    return (value === undefined ? [] : oneOrMany(value)).flatMap((each, index) =>
      readCondition(scope, each, effect, `${decision}_${String(index + 1)}`, listed),
    );
  });
}

function readCondition(
  scope: ModuleScope,
  node: YamlNode,
  effect: Effect,
  defaultName: string,
  listed: readonly Listed[],
): readonly RuleDeclaration[] {
  const { context } = scope;
  const selector = selectorOf(listed, node.span);
  const empty = { ...NO_CLAUSES, shadow: null, absentDecides: true };
  if (node.kind !== "mapping") {
    const text = isString(node) ? withoutPrefix(node) : undefined;
    if (text === undefined) {
      context.report(yamlDiagnostics["condition-form"](node.span));
      return [];
    }
    const { condition, having } = restricting(scope, context.expression(text, "the condition"), selector);
    const name: Name = { kind: "name", span: node.span, text: defaultName };
    return [
      {
        kind: "rule",
        span: node.span,
        doc: null,
        annotations: [],
        name,
        effect,
        selector,
        having,
        ...empty,
        when: condition,
      },
    ];
  }
  const reader = new MappingReader(context, node, "condition", "a condition");
  const name = reader.map("name", (each) => context.name(each, "`name`") ?? null) ?? {
    kind: "name" as const,
    span: { ...node.span, end: Math.min(node.span.end, node.span.start + 1) },
    text: defaultName,
  };
  const whenNode = reader.get("when");
  const read =
    whenNode === undefined
      ? null
      : restricting(scope, context.expression(unprefixed(whenNode), "`when`"), selector);
  // `when` has been read above, with its arguments.
  const { when: _, ...clauses } = readClauses(scope, withoutKey(reader, "when"), selector);
  return [
    {
      kind: "rule",
      span: node.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name,
      effect,
      selector,
      having: read?.having ?? [],
      when: read?.condition ?? null,
      ...clauses,
    },
  ];
}

/** The condition, and the arguments that an action must have for it to be touched. */
function restricting(
  scope: ModuleScope,
  expression: Expression,
  selector: Selector,
): { condition: Expression; having: RuleDeclaration["having"] } {
  const named_ = new Map<string, Span>();
  const condition = scope.resolve(
    expression,
    scope.tools.arguments(selector),
    named("bool", expression.span),
    (name, span) => named_.set(name, named_.get(name) ?? span),
  );
  return {
    condition,
    having: [...named_].map(([name, span]) => ({ span, path: argument(name, span), type: null })),
  };
}

const PREFIX = /^\s*true\s+if\s+/;

/** The condition after `true if`, at its own place: the words become blanks. */
function withoutPrefix(node: YamlScalar): YamlScalar | undefined {
  const match = PREFIX.exec(node.text);
  return match === null
    ? undefined
    : { ...node, text: " ".repeat(match[0].length) + node.text.slice(match[0].length) };
}

const unprefixed = (node: YamlNode): YamlNode => (isString(node) ? (withoutPrefix(node) ?? node) : node);

const withoutKey = (reader: MappingReader, key: string): MappingReader =>
  new MappingReader(
    reader.context,
    // Unknown keys have been reported by the reader given.
    {
      ...reader.node,
      entries: reader.node.entries.filter((entry) => entry.key.text !== key && reader.knows(entry.key.text)),
    },
    "condition",
    reader.place,
  );
