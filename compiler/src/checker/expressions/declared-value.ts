// What a declared name means where a value is expected.
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { Declared, ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Expression, QualifiedName } from "../../syntax/expression.ts";
import { qualifiedNameOf } from "../../syntax/qualified-name-of.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, typed } from "../checked.ts";

const KINDS: { readonly [Kind in Declared["kind"]]: string } = {
  enum: "an enum",
  type: "a type",
  const: "a constant",
  data: "data",
  param: "a parameter",
  fn: "a function",
  pattern: "a pattern",
  fact: "a fact",
  group: "a group of actions",
  label: "a label",
  limit: "a limit",
  policy: "a policy",
  rule: "a rule",
  exception: "an exception",
  tool: "a tool",
  package: "a package",
};
const HINTS: { readonly [Kind in Declared["kind"]]?: string } = {
  enum: "name one of its members",
  fn: "call it: give its arguments in parentheses",
  pattern: "compare with `matches`",
  fact: "ask it of an argument: `fact(args.x)`",
  group: "groups stand in selectors: `@group`",
  label: "write `session has`, `agent has` or `tenant has` before it",
  limit: "a limit is a rule of its own: nothing reads it",
  package: "name something that it declares",
};

export const describeKind = (kind: Declared["kind"]): string => KINDS[kind];

/** The value of a constant, datum or parameter; anything else is a mistake. */
export function declaredValue(
  context: CheckContext,
  node: Expression,
  name: string,
  declared: Declared,
): Checked {
  if (declared.kind === "const" || declared.kind === "data" || declared.kind === "param") {
    if (declared.kind !== "const") context.declarations.external.add(node);
    const constant = context.declarations.constant(declared, name, node.span);
    return typed(constant.type, { constant: constant.value });
  }
  context.sink.report(
    typeDiagnostics["not-a-value"](node.span, {
      name,
      what: KINDS[declared.kind],
      hint: HINTS[declared.kind] ?? "name a value",
    }),
  );
  return FAILED;
}

export const printQualified = (name: QualifiedName): string => name.parts.map((each) => each.text).join(".");

/** What a chain of names is declared as, unless its first name is a variable or root here. */
export function resolveChain(
  context: CheckContext,
  node: Expression,
): { readonly name: QualifiedName; readonly declared: Declared | undefined } | undefined {
  let first = node;
  while (first.kind === "field") first = first.of;
  if (first.kind !== "name") return undefined;
  const { text } = first;
  // Looked at before the name is put together: nearly all chains begin at a root.
  if (isRoot(text) || context.variables.has(text) || isYamlArgument(context, text)) return undefined;
  const name = qualifiedNameOf(node);
  return name === undefined ? undefined : { name, declared: resolveIn(context.module, name) };
}

/** Values before everything else that the name may stand for. */
export const resolveIn = (module: ResolvedModule, name: QualifiedName): Declared | undefined =>
  module.resolve(name, "value") ?? module.resolve(name);

export const isRoot = (name: string): name is "args" | "agent" | "context" | "result" =>
  name === "args" || name === "agent" || name === "context" || name === "result";

/** In YAML a bare name is an argument first. */
export const isYamlArgument = (context: CheckContext, name: string): boolean =>
  context.module.module.dialect === "yaml" &&
  (context.roots.args?.fields.some((field) => field.name === name) ?? false);

/** The name would have come from an import that failed: that was told, and this is no second mistake. */
export const fromFailedImport = (context: CheckContext, name: QualifiedName | undefined): boolean =>
  context.module.failed(name?.parts[0]?.text ?? "");
