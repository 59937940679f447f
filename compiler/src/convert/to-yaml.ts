// A module as YAML: what YAML cannot say is told, never dropped in silence.
import { convertDiagnostics } from "../diagnostics/catalogue/convert.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseYamlModule } from "../frontends/yaml/parse-yaml-module.ts";
import type { YamlEnvironment } from "../frontends/yaml/parse-yaml-module.ts";
import { printTime } from "../format/literals.ts";
import { SourceFile } from "../source/source-file.ts";
import type {
  ActionNode,
  AttributeBlock,
  ExceptionDeclaration,
  Import,
  Item,
  Module,
  PolicyDeclaration,
  ToolDeclaration,
  ToolsImport,
  UsePolicy,
} from "../syntax/ast.ts";
import type { Expression, TypeNode } from "../syntax/expression.ts";
import { lostItems } from "./lost-items.ts";
import {
  expression,
  fields,
  names,
  plainData,
  qualified,
  selector,
  template,
  type,
} from "./print-fragments.ts";
import { audience, head, label, limit, policy, rule, shadow } from "./rules-to-yaml.ts";
import { property, test } from "./tests-to-yaml.ts";
import { list, map, oneOrList, printYaml, raw, text } from "./yaml-value.ts";
import type { YamlEntry, YamlValue } from "./yaml-value.ts";

export interface YamlConversion {
  readonly text: string;
  /** What means something else, or nothing, in the text; empty when the conversion kept everything. */
  readonly unsupported: readonly Diagnostic[];
}

/** Rule ids stay as they are; comments are not carried over. The text is read again and compared with the module. */
export function convertToYaml(module: Module, environment: YamlEnvironment): YamlConversion {
  const yaml = printYaml(moduleValue(module));
  const again = parseYamlModule(new SourceFile(module.file, yaml), environment).module;
  return {
    text: yaml,
    unsupported: lostItems(module, again).map((item) =>
      convertDiagnostics["no-yaml-form"](item.span, {
        what: `this ${item.kind}`,
        hint: "keep it in an Aegis file beside this one: a package may span several files",
      }),
    ),
  };
}

function moduleValue(module: Module): YamlValue {
  const of = <Kind extends Item["kind"]>(kind: Kind): Extract<Item, { kind: Kind }>[] =>
    module.items.filter((item): item is Extract<Item, { kind: Kind }> => item.kind === kind);
  const policies = of("policy");
  const rules = of("rule");
  const main = rules.length === 0 ? mainPolicy(policies) : null;
  const ruleValues = [...rules, ...(main?.rules ?? [])].map(rule);
  return map(
    Object.entries({
      package: module.package === null ? null : text(qualified(module.package)),
      guard: module.guard ? raw("true") : null,
      doc: module.doc === null ? null : text(module.doc),
      imports: items(of("import").map(importValue)),
      tools: entries([...of("tools"), ...of("tool")].map((node) => named(node, toolValue(node)))),
      enums: entries(
        of("enum").map((node) => named(node, list(node.members.map((each) => text(each.text))), true)),
      ),
      types: entries(of("type").map((node) => named(node, type(node.type), true))),
      attributes: attributes(of("attributes")),
      constants: entries(of("const").map((node) => named(node, constant(node, node.type, node.value)))),
      data: entries(
        of("data").map((node) =>
          named(
            node,
            node.doc === null && node.annotations.length === 0
              ? type(node.type)
              : map({ ...head(node), type: type(node.type) }),
          ),
        ),
      ),
      params: entries(of("param").map((node) => named(node, constant(node, node.type, node.value)))),
      functions: entries(
        of("fn").map((node) =>
          named(
            node,
            map({
              ...head(node),
              params: node.params.length === 0 ? null : fields(node.params, false),
              result: type(node.result),
              body: expression(node.body),
            }),
          ),
        ),
      ),
      patterns: entries(
        of("pattern").map((node) => named(node, oneOrList(node.alternatives.map(alternative)), true)),
      ),
      facts: entries(
        of("fact").map((node) =>
          named(node, map({ ...head(node), of: type(node.of), result: type(node.result) })),
        ),
      ),
      groups: entries(of("group").map((node) => named(node, selector(node.selector), true))),
      labels: items(of("label").map(label)),
      policy: main === null ? null : text(main.name.text),
      ...(main === null ? {} : audience(main.scope)),
      shadow: main === null ? null : shadow(main.shadow),
      rules: items([...ruleValues, ...of("limit").map(limit)]),
      policies: main === null ? items(policies.map(policy)) : null,
      uses: items(of("use").map(use)),
      exceptions: items(of("exception").map(exception)),
      tests: items(of("test").map(test)),
      properties: items(of("property").map(property)),
    }).flatMap(([key, value]): YamlEntry[] =>
      value === null || value === undefined ? [] : [{ key, value }],
    ),
  );
}

const items = (values: readonly YamlValue[]): YamlValue | null => (values.length === 0 ? null : list(values));
const entries = (values: readonly YamlEntry[]): YamlValue | null =>
  values.length === 0 ? null : map(values);

/** `asComment`: where the form has no place for documentation it becomes a comment. */
const named = (
  node: { readonly name: { readonly text: string }; readonly doc: string | null },
  value: YamlValue,
  asComment = false,
): YamlEntry => ({ key: node.name.text, value, comment: asComment ? node.doc : null });

/** The policy whose rules can stand at the top of the file. */
function mainPolicy(policies: readonly PolicyDeclaration[]): PolicyDeclaration | null {
  const [only] = policies;
  return policies.length === 1 &&
    only !== undefined &&
    only.params.length === 0 &&
    only.doc === null &&
    only.annotations.length === 0
    ? only
    : null;
}

function importValue(node: Import): YamlValue {
  const path = qualified(node.path);
  if (node.alias === null && node.on === null && node.names === null) return text(path);
  if (node.alias === null && node.on === null && node.names !== null)
    return text(`${path}.{${node.names.map((name) => name.text).join(", ")}}`);
  return map({
    import: text(path),
    names: node.names === null ? null : names(node.names),
    as: node.alias === null ? null : text(node.alias.text),
    on: node.on === null ? null : text(node.on.value),
  });
}

function toolValue(node: ToolDeclaration | ToolsImport): YamlValue {
  if (node.kind === "tools")
    return map({
      ...head(node),
      manifest: text(node.manifest.value),
      refine:
        node.refinements.length === 0
          ? null
          : map(
              node.refinements.map((each) => ({
                key: each.action?.text ?? "*",
                value: map({
                  fields: each.fields.length === 0 ? null : fields(each.fields, false),
                  open: each.open ? raw("true") : null,
                  result: each.result === null ? null : type(each.result),
                }),
              })),
            ),
    });
  return map({
    ...head(node),
    wire: node.wire === null ? null : text(node.wire.value),
    actions: map(node.actions.map((each) => ({ key: each.name.text, value: action(each) }))),
  });
}

const action = (node: ActionNode): YamlValue =>
  map({
    ...head(node),
    wire: node.wire === null ? null : text(node.wire.value),
    params: node.params.length === 0 && !node.open ? null : fields(node.params, node.open),
    result: node.result === null ? null : type(node.result),
  });

/** Blocks of one kind are joined: their fields are one namespace. */
function attributes(blocks: readonly AttributeBlock[]): YamlValue | null {
  if (blocks.length === 0) return null;
  const joined = (of: "agent" | "context"): YamlValue | null => {
    const found = blocks.filter((block) => block.of === of);
    return found.length === 0
      ? null
      : fields(
          found.flatMap((block) => block.fields),
          false,
        );
  };
  return map({ agent: joined("agent"), context: joined("context") });
}

function constant(node: Parameters<typeof head>[0], declared: TypeNode | null, value: Expression): YamlValue {
  const data = plainData(value, declared);
  return map({
    ...head(node),
    type: declared === null ? null : type(declared),
    ...(data === null ? { expr: expression(value) } : { value: data }),
  });
}

function alternative(node: Expression): YamlValue {
  if (node.kind !== "regex") return map({ pattern: expression(node) });
  return node.ignoreCase ? map({ regex: text(node.source), ignore_case: raw("true") }) : text(node.source);
}

const use = (node: UsePolicy): YamlValue =>
  map({
    use: text(qualified(node.policy)),
    ...head(node),
    args: node.args.length === 0 ? null : list(node.args.map(expression)),
    as: node.alias === null ? null : text(node.alias.text),
    for: node.scope === null ? null : expression(node.scope),
  });

const exception = (node: ExceptionDeclaration): YamlValue =>
  map({
    exception: text(node.name.text),
    ...head(node),
    waive: text(qualified(node.rule)),
    for: node.scope === null ? null : expression(node.scope),
    when: node.when === null ? null : expression(node.when),
    until: node.until === null ? null : raw(printTime(node.until)),
    granted_by: node.grantedBy === null ? null : text(node.grantedBy.value),
    because: node.because === null ? null : template(node.because),
  });
