// Rules, limits, labels and policies as YAML.
import { printDuration, printTime } from "../format/literals.ts";
import { printRedactPath } from "../format/print-selector.ts";
import type {
  Annotation,
  ApprovalClause,
  LabelDeclaration,
  LabelTransition,
  LimitDeclaration,
  PolicyDeclaration,
  RedactClause,
  RuleDeclaration,
  Shadow,
} from "../syntax/ast.ts";
import type { Expression } from "../syntax/expression.ts";
import {
  expression,
  expressionText,
  fields,
  literal,
  names,
  selector,
  selectorOrRule,
  template,
  type,
} from "./print-fragments.ts";
import { list, map, oneOrList, raw, text } from "./yaml-value.ts";
import type { YamlEntry, YamlValue } from "./yaml-value.ts";

type Entries = Readonly<Record<string, YamlValue | null | undefined>>;

/** `doc` and `annotations`, as every declaration in a list or with a mapping of its own has them. */
export const head = (node: {
  readonly doc: string | null;
  readonly annotations: readonly Annotation[];
}): Entries => ({
  doc: node.doc === null ? null : text(node.doc),
  annotations: node.annotations.length === 0 ? null : annotations(node.annotations),
});

function annotations(nodes: readonly Annotation[]): YamlValue {
  return map(
    nodes.map((node): YamlEntry => {
      const named = node.args.some((arg) => arg.name !== null);
      const value =
        node.args.length === 0
          ? raw("true")
          : named
            ? map(node.args.map((arg) => ({ key: arg.name?.text ?? "", value: literal(arg.value) })))
            : oneOrList(node.args.map((arg) => literal(arg.value)));
      return { key: node.name.text, value };
    }),
  );
}

const optionalExpression = (node: Expression | null): YamlValue | null =>
  node === null ? null : expression(node);

export const shadow = (node: Shadow | null): YamlValue | null =>
  node === null ? null : node.until === null ? raw("true") : map({ until: raw(printTime(node.until)) });

function approval(node: ApprovalClause | null): Entries {
  if (node === null) return {};
  return {
    by:
      node.by.length === 0
        ? null
        : oneOrList(
            node.by.map((each) =>
              map({
                role: each.role === null ? null : text(each.role.value),
                user: each.user === null ? null : text(each.user.value),
                count: each.count === 1 ? null : raw(String(each.count)),
              }),
            ),
          ),
    via: node.via.length === 0 ? null : names(node.via),
    within: node.within === null ? null : raw(printDuration(node.within.milliseconds)),
  };
}

const redaction = (node: RedactClause): YamlValue =>
  map({
    path: text(printRedactPath(node.path)),
    matching: optionalExpression(node.matching),
    with:
      node.with.kind === "replace"
        ? map({ replace: literal(node.with.value) })
        : node.with.kind === "truncate"
          ? map({ truncate: raw(String(node.with.keep)) })
          : text(node.with.kind),
  });

export function rule(node: RuleDeclaration): YamlValue {
  return map({
    [node.effect === "approval" ? "require_approval" : node.effect]: text(node.name.text),
    ...head(node),
    shadow: shadow(node.shadow),
    call: selector(node.selector),
    having:
      node.having.length === 0
        ? null
        : oneOrList(
            node.having.map((each) =>
              each.type === null
                ? text(expressionText(each.path))
                : map({ arg: text(expressionText(each.path)), type: type(each.type) }),
            ),
          ),
    when: optionalExpression(node.when),
    unless: optionalExpression(node.unless),
    ...approval(node.approval),
    redact: node.redactions.length === 0 ? null : oneOrList(node.redactions.map(redaction)),
    because: node.because === null ? null : template(node.because),
    hint: node.hint === null ? null : template(node.hint),
  });
}

export function limit(node: LimitDeclaration): YamlValue {
  const scope = text(node.scope);
  return map({
    limit: text(node.name.text),
    ...head(node),
    call: selector(node.selector),
    to: expression(node.to),
    sum: optionalExpression(node.sum),
    settle: optionalExpression(node.settle),
    per: node.keys.length === 0 ? scope : list([scope, ...node.keys.map(expression)]),
    over: node.over === null ? null : raw(printDuration(node.over.milliseconds)),
    else: node.otherwise === null ? null : otherwise(node.otherwise),
    because: node.because === null ? null : template(node.because),
    hint: node.hint === null ? null : template(node.hint),
  });
}

function otherwise(node: ApprovalClause): YamlValue {
  const clauses = map(approval(node));
  return clauses.kind === "map" && clauses.entries.length === 0 ? text("approval") : clauses;
}

export function label(node: LabelDeclaration): YamlValue {
  const transitions = (op: "set" | "clear"): YamlValue | null => {
    const found = node.transitions.filter((each) => each.op === op);
    return found.length === 0 ? null : oneOrList(found.map(transition));
  };
  return map({
    label: text(node.name.text),
    ...head(node),
    key: node.keys.length === 0 ? null : fields(node.keys, false),
    set: transitions("set"),
    clear: transitions("clear"),
    per: text(node.scope),
    max: node.max === null ? null : raw(String(node.max)),
  });
}

const transition = (node: LabelTransition): YamlValue =>
  map({
    [node.on]:
      node.on === "call" || node.on === "result" ? selector(node.selector) : selectorOrRule(node.selector),
    key: node.key.length === 0 ? null : oneOrList(node.key.map(expression)),
    for_each:
      node.each === null ? null : map([{ key: node.each.name.text, value: expression(node.each.over) }]),
    when: optionalExpression(node.when),
  });

/** The one agent that a policy is for, when its `for` says just that. */
export function onlyAgent(scope: Expression | null): string | null {
  return scope?.kind === "binary" &&
    scope.op === "==" &&
    scope.left.kind === "field" &&
    scope.left.of.kind === "name" &&
    scope.left.of.text === "agent" &&
    scope.left.name.text === "id" &&
    scope.right.kind === "string"
    ? scope.right.value
    : null;
}

/** `agent` or `for`. */
export function audience(scope: Expression | null): Entries {
  const agent = onlyAgent(scope);
  return agent === null ? { for: optionalExpression(scope) } : { agent: text(agent) };
}

export const policy = (node: PolicyDeclaration): YamlValue =>
  map({
    policy: text(node.name.text),
    ...head(node),
    params: node.params.length === 0 ? null : fields(node.params, false),
    shadow: shadow(node.shadow),
    ...audience(node.scope),
    rules: list(node.rules.map(rule)),
  });
