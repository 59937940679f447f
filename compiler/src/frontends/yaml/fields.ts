// Fields of records, parameters and attributes: a mapping from name to type, `"..."` for an open end.
import { yamlDiagnostics } from "../../diagnostics/catalogue/yaml.ts";
import type { FieldNodeRef, TypeNode } from "../../syntax/expression.ts";
import type { YamlContext } from "./context.ts";
import { literal } from "./literals.ts";
import { MappingReader } from "./mapping-reader.ts";
import type { YamlNode } from "./yaml-tree.ts";

export interface Fields {
  readonly fields: readonly FieldNodeRef[];
  readonly open: boolean;
}

/** `{ path: relpath, force: { type: bool, default: false } }`. */
export function readFields(context: YamlContext, node: YamlNode | undefined, place: string): Fields {
  if (node === undefined) return { fields: [], open: false };
  if (node.kind !== "mapping") {
    context.wrongShape(node, place, "a mapping from name to type");
    return { fields: [], open: false };
  }
  let open = false;
  const fields: FieldNodeRef[] = [];
  for (const { key, value } of node.entries) {
    if (key.text === "...") {
      open = value.kind === "scalar" && value.form === "bool" && /^t/i.test(value.text);
      if (!open)
        context.wrongShape(value, '`"..."`', "`true`", "leave it out where the list of fields is complete");
      continue;
    }
    const name = context.name(key, `a name in ${place}`);
    if (name === undefined) continue;
    const span = { ...key.span, end: Math.max(key.span.end, value.span.end) };
    if (value.kind === "scalar" && value.form === "null") {
      context.report(yamlDiagnostics["null-value"](key.span, { key: key.text }));
      continue;
    }
    if (isDetailed(value)) {
      const reader = new MappingReader(context, value, "field", `\`${key.text}\``);
      const type = reader.get("type");
      const given = reader.get("default");
      fields.push({
        span,
        doc: reader.doc,
        name,
        type:
          type === undefined ? { kind: "type-missing", span: key.span } : readType(context, type, "`type`"),
        default: given === undefined ? null : (literal(context, given, "`default`") ?? null),
      });
    } else
      fields.push({
        span,
        doc: null,
        name,
        type: readType(context, value, `\`${key.text}\``),
        default: null,
      });
  }
  return { fields, open };
}

/** `{ type: …, default: … }`, and not a record that happens to have a field `type`. */
const isDetailed = (node: YamlNode): node is Extract<YamlNode, { kind: "mapping" }> =>
  node.kind === "mapping" &&
  node.entries.some(({ key }) => key.text === "type") &&
  node.entries.every(({ key }) => ["type", "default", "doc"].includes(key.text));

/** A type as text, or a record as a mapping. */
export function readType(context: YamlContext, node: YamlNode, place: string): TypeNode {
  if (node.kind !== "mapping") return context.type(node, place);
  const { fields, open } = readFields(context, node, place);
  return { kind: "type-record", span: node.span, fields, open };
}
