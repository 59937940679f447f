// Random syntax trees for property tests: every kind of node, with names and texts as odd as the language allows.
import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { printTime } from "../format/literals.ts";
import type * as ast from "../syntax/ast.ts";
import type * as ex from "../syntax/expression.ts";

const span = { file: "", start: 0, end: 0 };
const maybe = <T>(of: Arbitrary<T>): Arbitrary<T | null> => fc.option(of, { nil: null });
const some = <T>(of: Arbitrary<T>, max = 3): Arbitrary<T[]> => fc.array(of, { minLength: 1, maxLength: max });
const few = <T>(of: Arbitrary<T>, max = 2): Arbitrary<T[]> => fc.array(of, { maxLength: max });

const text = fc.string({ unit: "binary", maxLength: 12 });
const ODD_NAMES = [
  "all",
  "in",
  "when",
  "allow",
  "label",
  "has",
  "per",
  "non",
  "key",
  "require",
  "x-y",
  "é ü",
  "1",
  "$",
];
const nameText = fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/), fc.constantFrom(...ODD_NAMES));
const name = nameText.map((each): ex.Name => ({ kind: "name", span, text: each }));
const qualified = (min = 1) =>
  fc
    .array(name, { minLength: min, maxLength: min + 1 })
    .map((parts): ex.QualifiedName => ({ kind: "qualified-name", span, parts }));
const docText = maybe(fc.stringMatching(/^([a-z/]([a-z /]{0,8}[a-z])?)?(\n[a-z]{1,5})?$/));

const string = text.map((value): ex.StringLiteral => ({ kind: "string", span, value }));
const digits = fc.tuple(fc.nat(), fc.option(fc.stringMatching(/^[0-9]{1,6}$/)));
const numberText = digits.map(([whole, rest]) => (rest === null ? `${whole}` : `${whole}.${rest}`));
const number = numberText.map((each): ex.NumberLiteral => ({ kind: "number", span, text: each }));
const signed = fc
  .tuple(number, fc.boolean())
  .map(([each, minus]): ex.NumberLiteral => ({ ...each, text: minus ? `-${each.text}` : each.text }));
const bool = fc.boolean().map((value): ex.BoolLiteral => ({ kind: "bool", span, value }));
const milliseconds = fc.nat({ max: 1e10 });
const duration = milliseconds.map((each): ex.DurationLiteral => ({
  kind: "duration",
  span,
  milliseconds: each,
}));
const durationNode = milliseconds.map((each): ast.DurationNode => ({ span, milliseconds: each }));
const moment = fc.nat({ max: 4e12 });
const time = moment.map((each): ex.TimeLiteral => ({
  kind: "time",
  span,
  milliseconds: each,
  text: printTime(each),
}));
const literal: Arbitrary<ex.Literal> = fc.oneof(string, signed, bool, duration, time);
const regex = fc
  .tuple(fc.constantFrom("a+", 'k"v', "\\d{2}\\\\", "[{}]", "x|y "), fc.boolean())
  .map(([source, ignoreCase]): ex.RegexExpression => ({ kind: "regex", span, source, ignoreCase }));

// ------------------------------------------------------------------------------------------------------------- types

const max = maybe(fc.nat({ max: 5000 }));
const bounds: Arbitrary<ex.Bounds> = fc.oneof(
  signed.map((limit): ex.Bounds => ({ span, min: null, max: limit })),
  fc.tuple(signed, signed).map(([low, high]): ex.Bounds => ({ span, min: low, max: high })),
);
/** `documented`: in an expression no comment stands before a field. */
const typesAndFields = (documented: boolean) =>
  fc.letrec<{ type: ex.TypeNode; field: ex.FieldNodeRef; fields: ex.FieldNodeRef[] }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.record({
        kind: fc.constant("type-name"),
        span: fc.constant(span),
        name: qualified(),
        bounds: maybe(bounds),
      }),
      fc.record({
        kind: fc.constant("type-collection"),
        span: fc.constant(span),
        collection: fc.constantFrom("list", "set", "map"),
        of: tie("type"),
        max,
      }),
      fc.record({
        kind: fc.constant("type-record"),
        span: fc.constant(span),
        fields: tie("fields"),
        open: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant("type-optional"),
        span: fc.constant(span),
        of: tie("type").map((each) => (each.kind === "type-optional" ? each.of : each)),
      }),
    ) as Arbitrary<ex.TypeNode>,
    field: fc.record({
      span: fc.constant(span),
      doc: documented ? docText : fc.constant(null),
      name,
      type: tie("type"),
      default: maybe(literal),
    }),
    fields: few(tie("field")) as Arbitrary<ex.FieldNodeRef[]>,
  }));
const { type, field } = typesAndFields(true);
const { type: plainType } = typesAndFields(false);
const fields = few(field);

// ------------------------------------------------------------------------------------------------------- expressions

const OPERATORS: readonly ex.BinaryOperator[] = [
  ...(["and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "within", "under", "matches"] as const),
  ...(["else", "+", "-", "*", "%"] as const),
];
const scope = fc.constantFrom("session" as const, "agent" as const, "tenant" as const);
const nameExpression = nameText.map((each): ex.NameExpression => ({ kind: "name", span, text: each }));
const node = <Kind extends string, Shape extends object>(
  kind: Kind,
  shape: { [Key in keyof Shape]: Arbitrary<Shape[Key]> },
) =>
  fc
    .record(shape as { [Key in keyof Shape]: Arbitrary<Shape[Key]> })
    .map((each) => ({ kind, span, ...(each as Shape) }));

const { expression } = fc.letrec<{ expression: ex.Expression; callee: ex.NameExpression | ex.FieldAccess }>(
  (tie) => {
    const of = tie("expression");
    return {
      expression: fc.oneof(
        { maxDepth: 4, withCrossShrink: true, depthSize: "small" },
        fc.oneof(nameExpression, string, number, bool, duration, time, regex),
        node("field", { of, name }),
        node("index", { of, index: of }),
        node("call", { callee: tie("callee"), args: few(of) }),
        node("unary", { op: fc.constantFrom("not" as const, "-" as const), of }),
        node("binary", { op: fc.constantFrom(...OPERATORS), opSpan: fc.constant(span), left: of, right: of }),
        node("is", { of, what: fc.constantFrom("present" as const, "absent" as const) }),
        node("where-present", { of }),
        node("if", { condition: of, then: of, else: of }),
        node("quantifier", {
          op: fc.constantFrom("any" as const, "all" as const, "count" as const),
          nonEmpty: fc.boolean(),
          variable: name,
          over: of,
          body: of,
        }),
        node("has", { scope, label: qualified(), key: few(of) }),
        node("collection", { of: fc.constantFrom("set" as const, "list" as const), items: few(of) }),
        node("as", { of, type: plainType }),
      ) as Arbitrary<ex.Expression>,
      callee: fc.oneof(nameExpression, node("field", { of, name })) as Arbitrary<
        ex.NameExpression | ex.FieldAccess
      >,
    };
  },
);

// ------------------------------------------------------------------------------------------- selectors and redactions

const part = (single: boolean): Arbitrary<ast.SelectorPart> =>
  fc.oneof(
    fc.constant<ast.SelectorPart>({ kind: "everything", span }),
    qualified().map((each): ast.SelectorPart => ({ kind: "group", span, name: each })),
    fc
      .tuple(qualified(), some(name))
      .map(([tool, actions]): ast.SelectorPart => ({ kind: "tool", span, tool, actions })),
    (single ? qualified().map((each) => ({ ...each, parts: each.parts.slice(0, 1) })) : qualified()).map(
      (tool): ast.SelectorPart => ({ kind: "tool", span, tool, actions: null }),
    ),
  );
const selector: Arbitrary<ast.Selector> = node("selector", {
  include: some(part(false)),
  except: few(part(false)),
});

const template: Arbitrary<ast.Template> = fc
  .array(
    fc.tuple(
      text.filter((each) => each !== ""),
      expression,
    ),
    { maxLength: 2 },
  )
  .map((pairs) => ({
    span,
    parts: pairs.flatMap(([before, value]): ast.Template["parts"][number][] => [
      { kind: "text", text: before },
      { kind: "value", expression: value },
    ]),
  }));
const approver: Arbitrary<ast.ApprovalClause["by"][number]> = fc.oneof(
  fc.record({ span: fc.constant(span), count: fc.nat({ max: 9 }), role: string, user: fc.constant(null) }),
  fc.record({ span: fc.constant(span), count: fc.constant(1), role: fc.constant(null), user: string }),
);
const approval: Arbitrary<ast.ApprovalClause> = fc.record({
  span: fc.constant(span),
  by: few(approver),
  via: few(name),
  within: maybe(durationNode),
});
const step: Arbitrary<ast.RedactPath["steps"][number]> = fc.oneof(
  name.map((each) => ({ kind: "field" as const, name: each })),
  string.map((key) => ({ kind: "key" as const, key })),
  fc.constantFrom({ kind: "each" as const, span }, { kind: "everywhere" as const, span }),
);
const patternRef = fc.oneof(
  regex,
  qualified().map(({ parts }) =>
    parts.slice(1).reduce<ex.Expression>((of, each) => ({ kind: "field", span, of, name: each }), {
      kind: "name",
      span,
      text: parts[0]?.text ?? "",
    }),
  ),
);
const method: Arbitrary<ast.RedactMethod> = fc.oneof(
  fc.constantFrom("remove" as const, "mask" as const, "hash" as const).map((kind) => ({ kind, span })),
  literal.map((value) => ({ kind: "replace" as const, span, value })),
  fc.nat({ max: 99 }).map((keep) => ({ kind: "truncate" as const, span, keep })),
);
const redaction: Arbitrary<ast.RedactClause> = fc.record({
  span: fc.constant(span),
  path: fc.record({
    span: fc.constant(span),
    root: fc.constantFrom("args" as const, "result" as const),
    steps: few(step, 3),
  }),
  matching: maybe(patternRef),
  with: method,
});

// ------------------------------------------------------------------------------------------------------------- tests

const { json } = fc.letrec<{ json: ast.JsonNode }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constant<ast.JsonNode>({ kind: "json-null", span }),
    fc.boolean().map((value): ast.JsonNode => ({ kind: "json-bool", span, value })),
    fc
      .constantFrom("0", "-1.50", "12e3", "-0")
      .map((each): ast.JsonNode => ({ kind: "json-number", span, text: each })),
    fc.string({ unit: "binary" }).map((value): ast.JsonNode => ({ kind: "json-string", span, value })),
    few(tie("json")).map((items): ast.JsonNode => ({
      kind: "json-array",
      span,
      items: items as ast.JsonNode[],
    })),
    few(fc.tuple(text, tie("json"))).map((members): ast.JsonNode => ({
      kind: "json-object",
      span,
      members: members.map(([key, value]) => ({ key, keySpan: span, value: value as ast.JsonNode })),
    })),
  ),
}));
const decision = fc.constantFrom(
  "allow" as const,
  "sanitize" as const,
  "approval_needed" as const,
  "deny" as const,
);
const expectation: Arbitrary<ast.Expectation> = fc.record({
  span: fc.constant(span),
  negated: fc.boolean(),
  decisions: some(decision.map((each) => ({ span, decision: each }))),
  by: maybe(some(qualified())),
  code: maybe(name),
  reason: maybe(string),
  redacts: few(string),
});
const outcome: Arbitrary<NonNullable<ast.TestStep["result"]>> = fc.record({
  span: fc.constant(span),
  status: fc.constantFrom("ok" as const, "error" as const, "unknown" as const),
  value: maybe(json),
});
const row = fc.record({ span: fc.constant(span), values: some(json), expect: expectation });
const testItem = fc.oneof(
  node("setup", { of: fc.constantFrom("agent" as const, "context" as const), value: json }),
  node("given", { of: fc.constant("label" as const), name: qualified(), key: few(json), value: maybe(json) }),
  node("given", { of: fc.constant("counter" as const), name: qualified(), key: few(json), value: json }),
  node("after", { duration: durationNode }),
  node("at", { time: moment }),
  node("visibility", { visible: fc.boolean(), selector }),
  node("step", {
    tool: qualified(),
    action: name,
    args: json,
    facts: maybe(json),
    approvals: few(fc.record({ span: fc.constant(span), by: string, role: maybe(string) })),
    result: maybe(outcome),
    expect: maybe(expectation),
    expectResult: maybe(expectation),
  }),
  node("cases", { tool: qualified(), action: name, args: json, columns: some(name), rows: few(row) }),
) as Arbitrary<ast.TestItem>;

// ------------------------------------------------------------------------------------------------------ declarations

const annotation: Arbitrary<ast.Annotation> = fc.record({
  span: fc.constant(span),
  name,
  args: few(fc.record({ name: maybe(name), value: literal })),
});
const base = { doc: docText, annotations: few(annotation) };
const shadow = maybe(fc.record({ span: fc.constant(span), until: maybe(moment) }));
const transition: Arbitrary<ast.LabelTransition> = fc
  .record({
    span: fc.constant(span),
    op: fc.constantFrom("set" as const, "clear" as const),
    on: fc.constantFrom("call" as const, "result" as const, "approval" as const, "denied" as const),
    selector,
    bare: some(part(true)),
    key: few(expression),
    each: maybe(fc.record({ name, over: expression })),
    when: maybe(expression),
  })
  .map(({ bare, ...each }) => ({
    ...each,
    selector:
      each.on === "call" || each.on === "result" ? each.selector : { ...each.selector, include: bare },
    each: each.key.length === 0 ? null : each.each,
  }));
const rule = node("rule", {
  ...base,
  name,
  effect: fc.constantFrom(
    "allow" as const,
    "sanitize" as const,
    "approval" as const,
    "deny" as const,
    "withhold" as const,
  ),
  shadow,
  selector,
  having: few(fc.record({ span: fc.constant(span), path: expression, type: maybe(type) })),
  when: maybe(expression),
  unless: maybe(expression),
  approval: maybe(approval.filter((each) => each.by.length + each.via.length > 0 || each.within !== null)),
  redactions: few(redaction),
  because: maybe(template),
  hint: maybe(template),
  absentDecides: fc.constant(false),
}) as Arbitrary<ast.RuleDeclaration>;
const action: Arbitrary<ast.ActionNode> = fc.record({
  span: fc.constant(span),
  ...base,
  name,
  wire: maybe(string),
  params: fields,
  open: fc.boolean(),
  result: maybe(type),
});
const refinement: Arbitrary<ast.Refinement> = fc.record({
  span: fc.constant(span),
  action: maybe(name),
  fields,
  open: fc.boolean(),
  result: maybe(type),
});

const item = fc.oneof(
  node("import", {
    ...base,
    path: qualified(),
    names: maybe(some(name)),
    alias: maybe(name),
    on: maybe(string),
  }),
  node("tools", { ...base, manifest: string, name, refinements: few(refinement) }),
  node("tool", { ...base, name, wire: maybe(string), actions: few(action), inferred: fc.constant(false) }),
  node("enum", { ...base, name, members: some(name) }),
  node("type", { ...base, name, type }),
  node("attributes", { ...base, of: fc.constantFrom("agent" as const, "context" as const), fields }),
  node("const", { ...base, name, type: maybe(type), value: expression }),
  node("data", { ...base, name, type }),
  node("param", { ...base, name, type, value: expression }),
  node("fn", { ...base, name, params: fields, result: type, body: expression }),
  node("pattern", { ...base, name, alternatives: some(patternRef) }),
  node("fact", { ...base, name, of: type, result: type }),
  node("group", { ...base, name, selector }),
  node("label", { ...base, name, keys: fields, transitions: few(transition), scope, max }),
  node("limit", {
    ...base,
    name,
    selector,
    to: expression,
    sum: maybe(expression),
    settle: maybe(expression),
    scope,
    keys: few(expression),
    over: maybe(durationNode),
    otherwise: maybe(approval),
    because: maybe(template),
    hint: maybe(template),
  }),
  node("policy", { ...base, name, params: fields, shadow, scope: maybe(expression), rules: few(rule, 3) }),
  node("use", {
    ...base,
    policy: qualified(),
    args: few(expression),
    alias: maybe(name),
    scope: maybe(expression),
  }),
  rule,
  node("exception", {
    ...base,
    name,
    rule: qualified(),
    scope: maybe(expression),
    when: maybe(expression),
    until: maybe(moment),
    grantedBy: maybe(string),
    because: maybe(template),
  }),
  node("test", { ...base, title: string, items: few(testItem, 3) }),
  node("property", { ...base, title: string, selector, where: maybe(expression), expect: expectation }),
) as Arbitrary<ast.Item>;

/** Modules with every kind of declaration in them, as a parser could have made them; places mean nothing. */
export const arbitraryModule: Arbitrary<ast.Module> = fc.record({
  kind: fc.constant("module" as const),
  span: fc.constant(span),
  file: fc.constant(""),
  dialect: fc.constant("aegis" as const),
  doc: docText,
  guard: fc.boolean(),
  package: qualified(),
  items: few(item, 4),
  comments: fc.constant([]),
});

export const arbitraryExpression: Arbitrary<ex.Expression> = expression;
