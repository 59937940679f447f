// Tests and properties.
import type {
  Expectation,
  Item,
  JsonNode,
  PropertyDeclaration,
  TestDeclaration,
  TestItem,
  TestStep,
} from "../../syntax/ast.ts";
import type { Name, QualifiedName, StringLiteral } from "../../syntax/expression.ts";
import { duration, json, moment } from "./literals.ts";
import { MappingReader, listItems, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { readCall } from "./rules.ts";
import { readSelector } from "./selectors.ts";
import { splitAction } from "./tool-scope.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlMapping, YamlNode } from "./yaml-tree.ts";

type Decision = Expectation["decisions"][number]["decision"];
const DECISIONS: readonly string[] = ["allow", "sanitize", "approval_needed", "deny"];
const isDecision = (text: string): text is Decision => DECISIONS.includes(text);

export function readTests(scope: ModuleScope, node: YamlNode | undefined): TestDeclaration[] {
  const { context } = scope;
  return (node === undefined ? [] : listItems(context, node, "`tests`")).flatMap(
    (item): TestDeclaration[] => {
      const reader = openMapping(
        context,
        item,
        "test",
        "a test",
        'write `{ test: "what it shows", steps: [ … ] }`',
      );
      const titleNode = reader?.need("test", "what it shows, in words");
      const stepsNode = reader?.need("steps", "a list of steps");
      const title = titleNode === undefined ? undefined : context.text(titleNode, "`test`");
      if (reader === undefined || title === undefined || stepsNode === undefined) return [];
      const setup = (["agent", "context"] as const).flatMap((of): TestItem[] => {
        const value = reader.get(of);
        return value === undefined
          ? []
          : [{ kind: "setup", span: value.span, of, value: json(context, value) }];
      });
      const steps = listItems(context, stepsNode, "`steps`").flatMap((each) => readItem(scope, each));
      return [
        {
          kind: "test",
          span: item.span,
          doc: reader.doc,
          annotations: reader.annotations,
          title,
          items: [...setup, ...steps],
        },
      ];
    },
  );
}

const ITEMS: ReadonlyMap<string, (scope: ModuleScope, node: YamlMapping) => readonly TestItem[]> = new Map([
  ["step", readStep],
  ["cases", readCases],
  ["after", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "after")],
  ["at", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "at")],
  ["agent", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "agent")],
  ["context", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "context")],
  ["given", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "given")],
  ["hidden", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "hidden")],
  ["visible", (scope: ModuleScope, node: YamlMapping) => single(scope, node, "visible")],
]);

function readItem(scope: ModuleScope, node: YamlNode): readonly TestItem[] {
  const keys = node.kind === "mapping" ? node.entries.map(({ key }) => key.text) : [];
  const read = keys.map((key) => ITEMS.get(key)).find((each) => each !== undefined);
  if (node.kind === "mapping" && read !== undefined) return read(scope, node);
  scope.context.wrongShape(node, "a step", `a mapping with one of ${[...ITEMS.keys()].join(", ")}`);
  return [];
}

/** Items of one key: `{ after: 31m }`, `{ given: { label: seen, key: [a] } }`. */
function single(scope: ModuleScope, node: YamlMapping, key: string): readonly TestItem[] {
  const { context } = scope;
  const [entry, ...more] = node.entries;
  if (
    entry === undefined ||
    more.length > 0 ||
    (entry.value.kind === "scalar" && entry.value.form === "null")
  ) {
    context.wrongShape(node, `\`${key}\``, "a mapping of this one key");
    return [];
  }
  const { value } = entry;
  const { span } = node;
  switch (key) {
    case "after": {
      const read = duration(context, value, "`after`");
      return read === null ? [] : [{ kind: "after", span, duration: read }];
    }
    case "at": {
      const time = moment(context, value, "`at`");
      return time === null ? [] : [{ kind: "at", span, time }];
    }
    case "agent":
    case "context":
      return [{ kind: "setup", span, of: key, value: json(context, value) }];
    case "hidden":
    case "visible":
      return [
        {
          kind: "visibility",
          span,
          visible: key === "visible",
          selector: readSelector(context, scope.tools, value, `\`${key}\``),
        },
      ];
    default:
      return readGiven(scope, value);
  }
}

function readGiven(scope: ModuleScope, node: YamlNode): readonly TestItem[] {
  const { context } = scope;
  const reader = openMapping(
    context,
    node,
    "given",
    "`given`",
    "write `{ label: seen, key: [a] }` or `{ counter: spend, value: 3 }`",
  );
  if (reader === undefined) return [];
  const of = reader.has("label") ? "label" : "counter";
  const nameNode = reader.need(of);
  const name = nameNode === undefined ? undefined : context.qualifiedName(nameNode, `\`${of}\``);
  if (name === undefined) return [];
  if (reader.has("label") && reader.has("counter")) {
    context.wrongShape(node, "`given`", "a label or a counter");
    return [];
  }
  const value = of === "counter" ? reader.need("value", "a number") : reader.get("value");
  return [
    {
      kind: "given",
      span: node.span,
      of,
      name,
      key: reader.map("key", (each) => oneOrMany(each).map((item) => json(context, item))) ?? [],
      value: value === undefined ? null : json(context, value),
    },
  ];
}

function readAction(
  scope: ModuleScope,
  node: YamlNode,
  place: string,
): { tool: QualifiedName; action: Name } | undefined {
  const name = scope.context.qualifiedName(node, place);
  const split = name === undefined ? undefined : splitAction(name);
  if (name !== undefined && split === undefined)
    scope.context.wrongShape(node, place, "an action: `tool.action`");
  return split === undefined ? undefined : { ...split, tool: scope.tools.rename(split.tool) };
}

const noArguments = (node: YamlNode): JsonNode => ({ kind: "json-object", span: node.span, members: [] });

function readStep(scope: ModuleScope, node: YamlMapping): readonly TestStep[] {
  const { context } = scope;
  const reader = new MappingReader(context, node, "step", "a step");
  const actionNode = reader.get("step");
  const called = actionNode === undefined ? undefined : readAction(scope, actionNode, "`step`");
  if (called === undefined) return [];
  return [
    {
      kind: "step",
      span: node.span,
      ...called,
      args: reader.map("args", (each) => json(context, each)) ?? noArguments(node),
      facts: reader.map("facts", (each) => json(context, each)),
      approvals:
        reader.map("approved", (list) => oneOrMany(list).flatMap((each) => readApproved(scope, each))) ?? [],
      result: reader.map("result", (each) => readResult(scope, each)),
      expect: reader.map("expect", (each) => readExpectation(scope, each)),
      expectResult: reader.map("expect_result", (each) => readExpectation(scope, each)),
    },
  ];
}

function readApproved(scope: ModuleScope, node: YamlNode): TestStep["approvals"] {
  const reader = openMapping(
    scope.context,
    node,
    "approved",
    "`approved`",
    "write `{ by: alice, role: owner }`",
  );
  const byNode = reader?.need("by");
  const by = byNode === undefined ? undefined : scope.context.text(byNode, "`by`");
  if (reader === undefined || by === undefined) return [];
  return [
    { span: node.span, by, role: reader.map("role", (each) => scope.context.text(each, "`role`") ?? null) },
  ];
}

/** `result: ok`, `result: { ok: { cost: 1 } }`. */
function readResult(scope: ModuleScope, node: YamlNode): TestStep["result"] {
  const [entry, ...more] = node.kind === "mapping" ? node.entries : [];
  const status = isString(node) ? node.text : entry?.key.text;
  if (more.length === 0 && (status === "ok" || status === "error" || status === "unknown"))
    return { span: node.span, status, value: entry === undefined ? null : json(scope.context, entry.value) };
  scope.context.wrongShape(
    node,
    "`result`",
    "ok, error or unknown, or one of these with a value: `{ ok: { … } }`",
  );
  return null;
}

function readCases(scope: ModuleScope, node: YamlMapping): readonly TestItem[] {
  const { context } = scope;
  const reader = new MappingReader(context, node, "cases", "a table");
  const actionNode = reader.get("cases");
  const called = actionNode === undefined ? undefined : readAction(scope, actionNode, "`cases`");
  const withNode = reader.need("with", "the arguments that vary");
  const rowsNode = reader.need("rows", "a list of `{ values: […], expect: … }`");
  if (called === undefined || withNode === undefined || rowsNode === undefined) return [];
  const columns = oneOrMany(withNode).flatMap((each) => context.name(each, "`with`") ?? []);
  const rows = listItems(context, rowsNode, "`rows`").flatMap((each) => {
    const row = openMapping(context, each, "row", "a row", "write `{ values: [main, false], expect: deny }`");
    const values = row?.need("values");
    const expectNode = row?.need("expect");
    const expect = expectNode === undefined ? null : readExpectation(scope, expectNode);
    if (values === undefined || expect === null) return [];
    const cells = oneOrMany(values).map((cell) => json(context, cell));
    if (cells.length !== columns.length) {
      context.wrongShape(
        values,
        "`values`",
        `one value for each of ${columns.map((name) => name.text).join(", ")}`,
      );
      return [];
    }
    return [{ span: each.span, values: cells, expect }];
  });
  return [
    {
      kind: "cases",
      span: node.span,
      ...called,
      args: reader.map("args", (each) => json(context, each)) ?? noArguments(node),
      columns,
      rows,
    },
  ];
}

const EXPECTATION =
  /^\s*(?<not>not\s+)?(?<decisions>\w+(?:\s+or\s+\w+)*)(?:\s+by\s+(?<by>[^\s,]+(?:\s*,\s*[^\s,]+)*))?(?:\s+code\s+(?<code>\w+))?\s*$/d;

/** The words of a group of a match, with their places in the text. */
function piecesOf(
  match: RegExpExecArray,
  group: string,
  words: RegExp,
): readonly { readonly text: string; readonly start: number; readonly end: number }[] {
  const from = match.indices?.groups?.[group]?.[0] ?? 0;
  return [...(match.groups?.[group] ?? "").matchAll(words)].map(({ 0: text, index }) => ({
    text,
    start: from + index,
    end: from + index + text.length,
  }));
}

/** `deny`, `deny or approval_needed`, `not allow`, `approval_needed by r1, r2`, `deny code invalid_input`, or a mapping. */
export function readExpectation(scope: ModuleScope, node: YamlNode): Expectation | null {
  const { context } = scope;
  const { span } = node;
  const hint = `decisions are ${DECISIONS.join(", ")}`;
  if (isString(node)) {
    const match = EXPECTATION.exec(node.text);
    const decisions =
      match === null ? [] : piecesOf(match, "decisions", /\w+/g).filter(({ text }) => text !== "or");
    if (match === null || !decisions.every(({ text }) => isDecision(text)))
      return context.wrongShape(node, "`expect`", "decisions joined by `or`, or a mapping", hint) ?? null;
    const [code] = piecesOf(match, "code", /\w+/g);
    const by = piecesOf(match, "by", /[^\s,]+/g).flatMap(
      (each) => context.qualifiedName(node, "`by`", each) ?? [],
    );
    return {
      span,
      negated: match.groups?.["not"] !== undefined,
      decisions: decisions.flatMap(({ text, start, end }) =>
        isDecision(text) ? [{ span: context.place(node, start, end), decision: text }] : [],
      ),
      by: match.groups?.["by"] === undefined ? null : by,
      code:
        code === undefined
          ? null
          : { kind: "name", span: context.place(node, code.start, code.end), text: code.text },
      reason: null,
      redacts: [],
    };
  }
  const reader = openMapping(context, node, "expectation", "`expect`", hint);
  const decisionNode = reader?.need("decision", hint);
  if (reader === undefined || decisionNode === undefined) return null;
  const decisions = oneOrMany(decisionNode).flatMap((each): Expectation["decisions"] => {
    if (isString(each) && isDecision(each.text)) return [{ span: each.span, decision: each.text }];
    context.wrongShape(each, "`decision`", "a decision", hint);
    return [];
  });
  const texts = (key: string): readonly StringLiteral[] =>
    reader.map(key, (list) => oneOrMany(list).flatMap((each) => context.text(each, `\`${key}\``) ?? [])) ??
    [];
  return {
    span,
    negated: reader.flag("not"),
    decisions,
    by: reader.map("by", (list) =>
      oneOrMany(list).flatMap((each) => context.qualifiedName(each, "`by`") ?? []),
    ),
    code: reader.map("code", (each) => context.name(each, "`code`") ?? null),
    reason: reader.map("reason", (each) => context.text(each, "`reason`") ?? null),
    redacts: texts("redact"),
  };
}

export function readProperties(scope: ModuleScope, node: YamlNode | undefined): Item[] {
  const { context } = scope;
  return (node === undefined ? [] : listItems(context, node, "`properties`")).flatMap(
    (item): PropertyDeclaration[] => {
      const reader = openMapping(
        context,
        item,
        "property",
        "a property",
        'write `{ property: "what holds", call: …, expect: … }`',
      );
      const titleNode = reader?.need("property", "what holds, in words");
      const title = titleNode === undefined ? undefined : context.text(titleNode, "`property`");
      const selector = reader === undefined ? undefined : readCall(scope, reader);
      const expectNode = reader?.need("expect");
      const expect = expectNode === undefined ? null : readExpectation(scope, expectNode);
      if (reader === undefined || title === undefined || selector === undefined || expect === null) return [];
      return [
        {
          kind: "property",
          span: item.span,
          doc: reader.doc,
          annotations: reader.annotations,
          title,
          selector,
          where: reader.map("where", (each) => scope.condition(each, "`where`", selector)),
          expect,
        },
      ];
    },
  );
}
