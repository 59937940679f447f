// Declarations that are mappings from name to what it is: enums, types, constants, data, params, functions, patterns, facts, groups.
import type { AttributeBlock, Item } from "../../syntax/ast.ts";
import type { Expression, TypeNode } from "../../syntax/expression.ts";
import { readFields, readType } from "./fields.ts";
import { data } from "./literals.ts";
import { MappingReader, listItems, namedEntries, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { readSelector } from "./selectors.ts";
import { isString } from "./yaml-tree.ts";
import type { YamlNode } from "./yaml-tree.ts";

const NOTHING = { doc: null, annotations: [] } as const;

/** `{ Env: [dev, staging, prod] }`. */
export function readEnums(scope: ModuleScope, node: YamlNode | undefined): Item[] {
  const { context } = scope;
  return named(scope, node, "`enums`").map(({ name, value, span }) => {
    const members = listItems(context, value, `\`${name.text}\``).flatMap(
      (each) => context.name(each, "a member") ?? [],
    );
    const type: TypeNode = {
      kind: "type-name",
      span: name.span,
      name: { kind: "qualified-name", span: name.span, parts: [name] },
      bounds: null,
    };
    scope.declare(name.text, null);
    for (const member of members) scope.declare(member.text, `a member of \`${name.text}\``, type);
    return { kind: "enum", span, ...NOTHING, name, members };
  });
}

/** `{ Order: { id: string, total: decimal } }`. */
export const readTypes = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`types`").map(({ name, value, span }) => {
    scope.declare(name.text, null);
    return { kind: "type", span, ...NOTHING, name, type: readType(scope.context, value, `\`${name.text}\``) };
  });

/** `{ agent: { team: string }, context: { environment: Env } }`. */
export function readAttributes(scope: ModuleScope, node: YamlNode | undefined): Item[] {
  const reader =
    node === undefined ? undefined : openMapping(scope.context, node, "attributes", "`attributes`");
  return (["agent", "context"] as const).flatMap((of): AttributeBlock[] => {
    const value = reader?.get(of);
    if (value === undefined) return [];
    const { fields } = readFields(scope.context, value, `\`${of}\``);
    return [{ kind: "attributes", span: value.span, ...NOTHING, of, fields }];
  });
}

/** `{ protected: { type: set<git_ref>, value: [main, master] } }`; `expr` holds an expression, `value` plain data. */
export const readConstants = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`constants`").flatMap(({ name, value, span }) => {
    const reader = openMapping(
      scope.context,
      value,
      "constant",
      `\`${name.text}\``,
      "write `{ type: …, value: … }`",
    );
    if (reader === undefined) return [];
    const type = reader.map("type", (each) => readType(scope.context, each, "`type`"));
    const read = readValue(scope, reader, type);
    scope.declare(name.text, "a constant", type);
    return read === undefined
      ? []
      : [{ kind: "const", span, doc: reader.doc, annotations: reader.annotations, name, type, value: read }];
  });

/** `{ max_files: { type: int in 1..500, value: 50 } }`. */
export const readParams = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`params`").flatMap(({ name, value, span }) => {
    const reader = openMapping(
      scope.context,
      value,
      "constant",
      `\`${name.text}\``,
      "write `{ type: …, value: … }`",
    );
    const typeNode = reader?.need("type");
    if (reader === undefined || typeNode === undefined) return [];
    const type = readType(scope.context, typeNode, "`type`");
    const read = readValue(scope, reader, type);
    scope.declare(name.text, "a param", type);
    return read === undefined
      ? []
      : [{ kind: "param", span, doc: reader.doc, annotations: reader.annotations, name, type, value: read }];
  });

function readValue(scope: ModuleScope, reader: MappingReader, type: TypeNode | null): Expression | undefined {
  if (reader.has("expr") && reader.has("value")) {
    scope.context.wrongShape(reader.node, reader.place, "given by `value` or by `expr`, not both");
    return undefined;
  }
  if (reader.has("expr"))
    return reader.map("expr", (each) => scope.context.expression(each, "`expr`")) ?? undefined;
  const node = reader.need("value", "plain data; an expression is written with `expr`");
  return node === undefined ? undefined : data(scope.context, node, "`value`", type);
}

/** `{ partners: set<host_pattern> }`, or with `type` and `doc`. */
export const readData = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`data`").flatMap(({ name, value, span }) => {
    const reader =
      value.kind === "mapping"
        ? new MappingReader(scope.context, value, "datum", `\`${name.text}\``)
        : undefined;
    const typeNode = reader === undefined ? value : reader.need("type");
    if (typeNode === undefined) return [];
    const type = readType(scope.context, typeNode, `\`${name.text}\``);
    scope.declare(name.text, "a datum", type);
    return [
      { kind: "data", span, doc: reader?.doc ?? null, annotations: reader?.annotations ?? [], name, type },
    ];
  });

/** `{ ships: { params: { branch: git_ref }, result: bool, body: branch in protected } }`. */
export const readFunctions = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`functions`").flatMap(({ name, value, span }) => {
    scope.declare(name.text, null);
    const reader = openMapping(scope.context, value, "function", `\`${name.text}\``);
    const result = reader?.need("result", "the type of its value");
    const body = reader?.need("body", "an expression");
    if (reader === undefined || result === undefined || body === undefined) return [];
    return [
      {
        kind: "fn",
        span,
        doc: reader.doc,
        annotations: reader.annotations,
        name,
        params: readFields(scope.context, reader.get("params"), "`params`").fields,
        result: readType(scope.context, result, "`result`"),
        body: scope.context.expression(body, "`body`"),
      },
    ];
  });

/** `{ aws_key: 'AKIA[0-9A-Z]{16}', any: [{ pattern: aws_key }, { regex: 'ghp_', ignore_case: true }] }`. */
export const readPatterns = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`patterns`").map(({ name, value, span }) => {
    scope.declare(name.text, null);
    return {
      kind: "pattern",
      span,
      ...NOTHING,
      name,
      alternatives: oneOrMany(value).flatMap((each) => readPattern(scope, each) ?? []),
    };
  });

function readPattern(scope: ModuleScope, node: YamlNode): Expression | undefined {
  const { context } = scope;
  if (isString(node)) return { kind: "regex", span: node.span, source: node.text, ignoreCase: false };
  const reader = openMapping(
    context,
    node,
    "pattern",
    "a pattern",
    "write a regular expression, or `{ pattern: name }`",
  );
  if (reader === undefined) return undefined;
  if (reader.has("regex") === reader.has("pattern"))
    return context.wrongShape(node, "a pattern", "given by `regex` or by `pattern`");
  if (reader.has("pattern"))
    return reader.map("pattern", (each) => context.expression(each, "`pattern`")) ?? undefined;
  const source = reader.map("regex", (each) => context.text(each, "`regex`") ?? null);
  return source === null
    ? undefined
    : { kind: "regex", span: source.span, source: source.value, ignoreCase: reader.flag("ignore_case") };
}

/** `{ realpath: { of: path, result: path } }`. */
export const readFacts = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`facts`").flatMap(({ name, value, span }) => {
    scope.declare(name.text, null);
    const reader = openMapping(scope.context, value, "fact", `\`${name.text}\``);
    const of = reader?.need("of", "the type of the value that it is about");
    const result = reader?.need("result", "the type of the fact");
    return reader === undefined || of === undefined || result === undefined
      ? []
      : [
          {
            kind: "fact",
            span,
            doc: reader.doc,
            annotations: reader.annotations,
            name,
            of: readType(scope.context, of, "`of`"),
            result: readType(scope.context, result, "`result`"),
          },
        ];
  });

/** `{ egress: [http.*, mail.send] }`. */
export const readGroups = (scope: ModuleScope, node: YamlNode | undefined): Item[] =>
  named(scope, node, "`groups`").map(({ name, value, span }) => {
    const selector = readSelector(scope.context, scope.tools, value, `\`${name.text}\``);
    scope.tools.declareGroup(name.text, selector);
    return { kind: "group", span, ...NOTHING, name, selector };
  });

const named = (
  scope: ModuleScope,
  node: YamlNode | undefined,
  place: string,
): ReturnType<typeof namedEntries> => (node === undefined ? [] : namedEntries(scope.context, node, place));
