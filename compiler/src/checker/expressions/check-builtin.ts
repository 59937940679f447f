// A call of a builtin, however it is written: arguments from left to right, literals by what the registry expects.
import { acceptsArguments, builtinsWritten, printType, resultType } from "@aegis/runtime/core";
import type { BuiltinDefinition, Type } from "@aegis/runtime/core";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { Span } from "../../source/span.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { checkValue } from "./check.ts";
import { expectedNext } from "./builtin-candidates.ts";
import { literalNeedsType } from "./literal-needs-type.ts";

/** Checks the arguments and picks the builtin; `at` is its name or operator. */
export function checkBuiltin(
  around: CheckContext,
  syntax: BuiltinDefinition["syntax"],
  name: string,
  nodes: readonly Expression[],
  at: Span,
): Checked {
  const context = asValue(around);
  const candidates = builtinsWritten(syntax, name);
  const count = nodes.length;
  // Nearly all names have one definition.
  const all = candidates.length === 1 && candidates[0]?.params.length === count;
  const fitting = all ? candidates : candidates.filter((each) => each.params.length === count);
  if (fitting.length === 0) {
    for (const node of nodes) if (!literalNeedsType(context, node)) checkValue(context, node, null);
    reportCount(context, candidates, name, nodes.length, at);
    return FAILED;
  }
  const types: Type[] = [];
  const checked: Checked[] = [];
  for (const node of nodes) {
    const each = checkArgument(context, node, expectedNext(fitting, types));
    checked.push(each);
    if (isError(each.type)) return finish(context, nodes.slice(checked.length));
    types.push(each.type);
  }
  const found = fitting.find((each) => acceptsArguments(each, types));
  if (found === undefined) {
    reportTypes(context, fitting, name, types, at);
    return FAILED;
  }
  for (let index = 0; index < nodes.length; index++) {
    const parameter = found.params[index];
    const node = nodes[index];
    if (parameter?.constant !== true || node === undefined || checked[index]?.constant !== undefined)
      continue;
    context.sink.report(
      typeDiagnostics["not-constant"](node.span, {
        hint: `\`${name}\` takes a constant as its \`${parameter.name}\``,
      }),
    );
    return FAILED;
  }
  return resultOf(found, types);
}

const results = new Map<BuiltinDefinition, Checked>();

/** One object for all calls of a builtin that always gives the same type. */
function resultOf(definition: BuiltinDefinition, types: readonly Type[]): Checked {
  const known = results.get(definition);
  if (known !== undefined) return known;
  const result = typed(resultType(definition, types), {
    meaning: { kind: "builtin", name: definition.name },
  });
  if (typeof definition.result !== "function") results.set(definition, result);
  return result;
}

/** After one mistake the other arguments are still looked at, but the call says nothing more. */
function finish(context: CheckContext, rest: readonly Expression[]): Checked {
  for (const node of rest) if (!literalNeedsType(context, node)) checkValue(context, node, null);
  return FAILED;
}

/** A literal that could take several types takes the first that it fits. */
export function checkArgument(context: CheckContext, node: Expression, expected: readonly Type[]): Checked {
  if (expected.length > 1 && literalNeedsType(context, node)) {
    const fitting = expected.find((type) => {
      const sink = new DiagnosticList();
      checkValue({ ...context, sink, types: new Map() }, node, type);
      return sink.items.length === 0;
    });
    return checkValue(context, node, fitting ?? expected[0] ?? null);
  }
  return checkValue(context, node, expected[0] ?? null);
}

function reportCount(
  context: CheckContext,
  candidates: readonly BuiltinDefinition[],
  name: string,
  found: number,
  at: Span,
): void {
  const first = candidates[0];
  if (first === undefined) return;
  const offset = first.syntax === "method" ? 1 : 0;
  const expected = first.params.length - offset;
  context.sink.report(
    typeDiagnostics["argument-count"](at, {
      name,
      expected: expected === 1 ? "one argument" : `${expected} arguments`,
      found: found - offset,
      usage: usageOf(first),
    }),
  );
}

function reportTypes(
  context: CheckContext,
  candidates: readonly BuiltinDefinition[],
  name: string,
  types: readonly Type[],
  at: Span,
): void {
  const usages = candidates.slice(0, 3).map((each) => `\`${usageOf(each)}\``);
  const [left, right] = types.map(printType);
  context.sink.report(
    typeDiagnostics.operands(at, {
      op: name,
      left: left ?? "nothing",
      right: right ?? "nothing",
      hint: `it is used as ${usages.join(" or ")}`,
    }),
  );
}

export function usageOf(definition: BuiltinDefinition): string {
  const name = definition.sourceName ?? definition.name;
  const params = definition.params.map((each) =>
    each.type.kind === "like" ? each.type.name : printType(each.type),
  );
  switch (definition.syntax) {
    case "operator":
      return params.join(` ${name} `);
    case "method":
      return `(${params[0] ?? ""}).${name}(${params.slice(1).join(", ")})`;
    case "function":
      return `${name}(${params.join(", ")})`;
  }
}
