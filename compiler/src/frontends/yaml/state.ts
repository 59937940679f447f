// Labels: `- label: seen`, with what sets and clears it.
import type { LabelDeclaration, LabelTransition } from "../../syntax/ast.ts";
import type { Expression, FieldNodeRef, Name } from "../../syntax/expression.ts";
import { readFields } from "./fields.ts";
import { listItems, oneOrMany, openMapping } from "./mapping-reader.ts";
import type { ModuleScope } from "./module-scope.ts";
import { readScope } from "./rules.ts";
import { readSelector } from "./selectors.ts";
import type { YamlNode } from "./yaml-tree.ts";

const MOMENTS = ["call", "result", "approval", "denied"] as const;

export function readLabel(scope: ModuleScope, node: YamlNode): readonly LabelDeclaration[] {
  const { context } = scope;
  const reader = openMapping(context, node, "label", "a label");
  const nameNode = reader?.need("label", "the name of the label");
  const name = nameNode === undefined ? undefined : context.name(nameNode, "`label`");
  const per = reader?.need("per", "session, agent or tenant");
  const of = per === undefined ? undefined : readScope(scope, per);
  if (reader === undefined || name === undefined || of === undefined) return [];
  const { fields } = readFields(context, reader.get("key"), "`key`");
  const transitions = (["set", "clear"] as const).flatMap(
    (op) =>
      reader.map(op, (list) => oneOrMany(list).flatMap((each) => readTransition(scope, each, op, fields))) ??
      [],
  );
  return [
    {
      kind: "label",
      span: node.span,
      doc: reader.doc,
      annotations: reader.annotations,
      name,
      keys: fields,
      transitions,
      scope: of,
      max: reader.count("max", 1),
    },
  ];
}

function readTransition(
  scope: ModuleScope,
  node: YamlNode,
  op: "set" | "clear",
  keys: readonly FieldNodeRef[],
): readonly LabelTransition[] {
  const { context } = scope;
  const reader = openMapping(
    context,
    node,
    "transition",
    `\`${op}\``,
    "for example `{ result: fs.read_file, key: args.path }`",
  );
  if (reader === undefined) return [];
  const moments = MOMENTS.filter((each) => reader.has(each));
  const [on] = moments;
  const selected = on === undefined ? undefined : reader.get(on);
  if (on === undefined || moments.length !== 1) {
    context.wrongShape(node, `\`${op}\``, "a mapping with exactly one of call, result, approval, denied");
    return [];
  }
  if (selected === undefined) return [];
  const selector = readSelector(context, scope.tools, selected, `\`${on}\``);
  const each = reader.map("for_each", (inner) => readEach(scope, inner, selector));
  const bound = each !== null && !scope.declared.has(each.name.text) ? each.name.text : null;
  if (bound !== null) scope.declare(bound, null);
  const transition: LabelTransition = {
    span: node.span,
    op,
    on,
    selector,
    key:
      reader.map("key", (inner) =>
        oneOrMany(inner).map((item, index) =>
          scope.expression(item, "`key`", selector, keys[index]?.type ?? "any"),
        ),
      ) ?? [],
    each,
    when: reader.map("when", (inner) => scope.condition(inner, "`when`", selector)),
  };
  if (bound !== null) scope.declared.delete(bound);
  return [transition];
}

/** `for_each: { c: result.value.contacts }`. */
function readEach(
  scope: ModuleScope,
  node: YamlNode,
  selector: LabelTransition["selector"],
): { name: Name; over: Expression } | null {
  const [entry, ...more] = node.kind === "mapping" ? node.entries : [];
  const name = entry === undefined ? undefined : scope.context.name(entry.key, "`for_each`");
  if (entry === undefined || name === undefined || more.length > 0) {
    scope.context.wrongShape(
      node,
      "`for_each`",
      "one name and the list it runs over: `{ c: result.value.contacts }`",
    );
    return null;
  }
  return { name, over: scope.expression(entry.value, "`for_each`", selector) };
}

export const readLabels = (scope: ModuleScope, node: YamlNode | undefined): readonly LabelDeclaration[] =>
  node === undefined
    ? []
    : listItems(scope.context, node, "`labels`").flatMap((each) => readLabel(scope, each));
