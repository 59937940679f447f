// A name alone: a variable, a root, an argument (YAML), an enum member, a constant.
import { printType, required, sameType } from "@aegis/runtime/core";
import type { RecordType, Type } from "@aegis/runtime/core";
import { closestName } from "../../diagnostics/closest-name.ts";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { NameExpression } from "../../syntax/expression.ts";
import type { CheckContext, RootName, Variable } from "../check-context.ts";
import type { Checked, CheckedType } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { checkPlace } from "./check.ts";
import { declaredValue, describeKind, isRoot, isYamlArgument } from "./declared-value.ts";
import { fieldOf } from "./field-of.ts";

export function checkName(context: CheckContext, node: NameExpression, expected: Type | null): Checked {
  const variable = context.variables.get(node.text);
  if (variable?.place !== undefined) return checkParameterPlace(context, variable.place, variable.type);
  if (variable?.constant !== undefined) context.declarations.external.add(node);
  if (variable !== undefined)
    return typed(variable.type, {
      meaning: variable.meaning,
      key: variable.key,
      constant: variable.constant,
    });
  const member = expected?.kind === "enum" && expected.members.includes(node.text);
  // A whole root is of no enum: the expected type decides.
  if (isRoot(node.text))
    return member ? typed(expected, { constant: node.text }) : checkRoot(context, node, node.text);
  const declared = context.module.lookup(node.text, "value") ?? context.module.lookup(node.text);
  const other = member ? `a member of \`${expected.name}\`` : describe(declared?.kind);
  if (isYamlArgument(context, node.text)) {
    if (other !== undefined) return ambiguous(context, node, "an argument", other, `args.${node.text}`);
    return argument(context, node);
  }
  if (member) {
    const value = describe(declared?.kind);
    if (value !== undefined)
      return ambiguous(
        context,
        node,
        `a member of \`${expected.name}\``,
        value,
        `${expected.name}.${node.text}`,
      );
    return typed(expected, { constant: node.text });
  }
  if (declared !== undefined) return declaredValue(context, node, node.text, declared);
  return unknown(context, node, expected);
}

/** The place that a `use` gave: it means what it means there, and is read here. */
function checkParameterPlace(
  context: CheckContext,
  { node, module }: NonNullable<Variable["place"]>,
  type: CheckedType,
): Checked {
  if (isError(type)) return FAILED;
  const checked = checkPlace({ ...context, module, variables: new Map() }, node, type);
  if (isError(checked.type) || sameType(required(checked.type), required(type))) return checked;
  context.sink.report(
    typeDiagnostics.mismatch(node.span, {
      found: printType(checked.type),
      expected: printType(type),
      hint: "the policy asks for a place of this type",
    }),
  );
  return FAILED;
}

/** Only values compete with members and arguments for a bare name. */
const describe = (kind: Parameters<typeof describeKind>[0] | undefined): string | undefined =>
  kind === "const" || kind === "data" || kind === "param" ? describeKind(kind) : undefined;

function checkRoot(context: CheckContext, node: NameExpression, root: RootName): Checked {
  const type = context.roots[root];
  if (type === null) {
    context.sink.report(
      typeDiagnostics["unreadable-root"](node.span, {
        root,
        place: context.place,
        hint: HINTS[root],
      }),
    );
    return FAILED;
  }
  return rootOf(root, type);
}

const roots = new WeakMap<RecordType, Checked>();

/** One object for a root of one type: what was read of it is found again by it. */
function rootOf(root: RootName, type: RecordType): Checked {
  const known = roots.get(type);
  if (known?.key === root) return known;
  const checked = typed(type, { meaning: { kind: "path", root, path: [] }, key: root });
  roots.set(type, checked);
  return checked;
}

const HINTS: { readonly [Root in RootName]: string } = {
  args: "arguments are known where a rule looks at one call",
  agent: "pass what is needed as a parameter",
  context: "pass what is needed as a parameter",
  result:
    "a result exists only after the call: read it in `withhold` and `sanitize` rules and in `on result`",
};

function argument(context: CheckContext, node: NameExpression): Checked {
  const { args } = context.roots;
  if (args === null) return FAILED;
  return fieldOf(context, rootOf("args", args), { kind: "name", span: node.span, text: node.text }, node);
}

function ambiguous(
  context: CheckContext,
  node: NameExpression,
  one: string,
  other: string,
  instead: string,
): Checked {
  context.sink.report(
    typeDiagnostics["ambiguous-name"](node.span, {
      name: node.text,
      one,
      other,
      hint: `say which is meant: \`${instead}\`, or rename one of them`,
    }),
  );
  return FAILED;
}

function unknown(context: CheckContext, node: NameExpression, expected: Type | null): Checked {
  // It would have come from an import that failed: that was told.
  if (context.module.failed(node.text)) return FAILED;
  const arguments_ = context.roots.args?.fields.map((field) => field.name) ?? [];
  const isArgument = arguments_.includes(node.text);
  const members = expected?.kind === "enum" ? expected.members : [];
  const close = closestName(node.text, [
    ...context.variables.keys(),
    ...members,
    ...context.module.names("value"),
  ]);
  const closeArgument =
    context.module.module.dialect === "yaml" ? closestName(node.text, arguments_) : undefined;
  const hint = isArgument
    ? `arguments are written \`args.${node.text}\``
    : close !== undefined || closeArgument !== undefined
      ? `did you mean \`${close ?? closeArgument ?? ""}\`?`
      : expected?.kind === "enum"
        ? `the members of \`${expected.name}\` are ${expected.members.join(", ")}`
        : "names are arguments (`args.x`), attributes (`agent.x`, `context.x`), constants and members of enums; text stands in quotes";
  context.sink.report(
    typeDiagnostics["unknown-name"](
      node.span,
      { name: node.text, hint },
      isArgument ? argumentFix(node) : {},
    ),
  );
  return FAILED;
}

const argumentFix = (node: NameExpression): Parameters<(typeof typeDiagnostics)["unknown-name"]>[2] => ({
  fixes: [{ title: `write args.${node.text}`, edits: [{ span: node.span, newText: `args.${node.text}` }] }],
});
