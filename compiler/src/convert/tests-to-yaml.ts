// Tests and properties as YAML.
import { printDuration, printTime } from "../format/literals.ts";
import type { Expectation, JsonNode, PropertyDeclaration, TestDeclaration, TestItem } from "../syntax/ast.ts";
import type { Name, QualifiedName } from "../syntax/expression.ts";
import { expression, names, qualified, selector } from "./print-fragments.ts";
import { head } from "./rules-to-yaml.ts";
import { list, map, oneOrList, raw, text } from "./yaml-value.ts";
import type { YamlValue } from "./yaml-value.ts";

export function json(node: JsonNode): YamlValue {
  switch (node.kind) {
    case "json-null":
      return raw("null");
    case "json-bool":
      return raw(String(node.value));
    case "json-number":
      return raw(node.text);
    case "json-string":
      return text(node.value);
    case "json-array":
      return list(node.items.map(json));
    case "json-object":
      return map(node.members.map(({ key, value }) => ({ key, value: json(value) })));
  }
}

/** Left out when there are none. */
const args = (node: JsonNode): YamlValue | null =>
  node.kind === "json-object" && node.members.length === 0 ? null : json(node);

const action = (tool: QualifiedName, name: Name): YamlValue =>
  text(qualified({ ...tool, parts: [...tool.parts, name] }));

/** In words where words suffice. */
function expectation(node: Expectation): YamlValue {
  const simple =
    node.by === null || node.by.every((name) => name.parts.every((part) => /^\w+$/.test(part.text)));
  if (node.reason === null && node.redacts.length === 0 && simple) {
    const by = node.by === null || node.by.length === 0 ? "" : ` by ${node.by.map(qualified).join(", ")}`;
    const code = node.code === null ? "" : ` code ${node.code.text}`;
    const decisions = node.decisions.map((each) => each.decision).join(" or ");
    return text(`${node.negated ? "not " : ""}${decisions}${by}${code}`);
  }
  return map({
    not: node.negated ? raw("true") : null,
    decision: oneOrList(node.decisions.map((each) => text(each.decision))),
    by: node.by === null ? null : oneOrList(node.by.map((name) => text(qualified(name)))),
    code: node.code === null ? null : text(node.code.text),
    reason: node.reason === null ? null : text(node.reason.value),
    redact: node.redacts.length === 0 ? null : oneOrList(node.redacts.map((each) => text(each.value))),
  });
}

type Items = { readonly [Kind in TestItem["kind"]]: (node: Extract<TestItem, { kind: Kind }>) => YamlValue };

const ITEMS: Items = {
  setup: (node) => map({ [node.of]: json(node.value) }),
  given: (node) =>
    map({
      given: map({
        [node.of]: text(qualified(node.name)),
        key: node.key.length === 0 ? null : list(node.key.map(json)),
        value: node.value === null ? null : json(node.value),
      }),
    }),
  after: (node) => map({ after: raw(printDuration(node.duration.milliseconds)) }),
  at: (node) => map({ at: raw(printTime(node.time)) }),
  step: (node) =>
    map({
      step: action(node.tool, node.action),
      args: args(node.args),
      facts: node.facts === null ? null : json(node.facts),
      approved:
        node.approvals.length === 0
          ? null
          : oneOrList(
              node.approvals.map((each) =>
                map({ by: text(each.by.value), role: each.role === null ? null : text(each.role.value) }),
              ),
            ),
      result:
        node.result === null
          ? null
          : node.result.value === null
            ? text(node.result.status)
            : map({ [node.result.status]: json(node.result.value) }),
      expect: node.expect === null ? null : expectation(node.expect),
      expect_result: node.expectResult === null ? null : expectation(node.expectResult),
    }),
  cases: (node) =>
    map({
      cases: action(node.tool, node.action),
      args: args(node.args),
      with: names(node.columns),
      rows: list(
        node.rows.map((row) => map({ values: list(row.values.map(json)), expect: expectation(row.expect) })),
      ),
    }),
  visibility: (node) => map({ [node.visible ? "visible" : "hidden"]: selector(node.selector) }),
};

const printItem = <Kind extends TestItem["kind"]>(node: Extract<TestItem, { kind: Kind }>): YamlValue =>
  (ITEMS[node.kind] as (each: typeof node) => YamlValue)(node);

/** The first `agent` and `context` stand beside the steps. */
export function test(node: TestDeclaration): YamlValue {
  const rest = [...node.items];
  const setup: Record<string, YamlValue> = {};
  for (const of of ["agent", "context"] as const) {
    const [first] = rest;
    if (first?.kind !== "setup" || first.of !== of) continue;
    setup[of] = json(first.value);
    rest.shift();
  }
  return map({
    test: text(node.title.value),
    ...head(node),
    ...setup,
    steps: list(rest.map(printItem)),
  });
}

export const property = (node: PropertyDeclaration): YamlValue =>
  map({
    property: text(node.title.value),
    ...head(node),
    call: selector(node.selector),
    where: node.where === null ? null : expression(node.where),
    expect: expectation(node.expect),
  });
