// Calls: user functions, builtins as functions and methods, facts, and `args.all(T)`.
import { builtinsWritten, printType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { CallExpression, FieldAccess } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import type { DeclaredOf } from "../declarations/declarations.ts";
import { checkAs, checkValue } from "./check.ts";
import { checkBuiltin } from "./check-builtin.ts";
import { checkFact } from "./check-fact.ts";
import { checkGather } from "./check-gather.ts";
import { describeKind, printQualified, resolveChain } from "./declared-value.ts";
import { methodsOf } from "./builtin-candidates.ts";

export function checkCall(context: CheckContext, node: CallExpression, _expected: Type | null): Checked {
  const { callee } = node;
  const chain = resolveChain(context, callee);
  const declared = chain?.declared;
  if (declared?.kind === "fn") return checkFunctionCall(context, node, declared);
  if (declared?.kind === "fact") return checkFact(context, node, declared);
  if (callee.kind === "name") {
    if (builtinsWritten("function", callee.text).length > 0)
      return checkBuiltin(context, "function", callee.text, node.args, callee.span);
    return unknownFunction(context, node, callee.text, declared?.kind);
  }
  if (chain?.declared !== undefined && !isValue(chain.declared.kind))
    return unknownFunction(context, node, printQualified(chain.name), chain.declared.kind);
  if (callee.of.kind === "name" && callee.of.text === "args" && callee.name.text === "all")
    return checkGather(context, node);
  const owner = chain === undefined ? undefined : resolveChain(context, callee.of)?.declared;
  if (chain !== undefined && owner?.kind === "package")
    return unknownFunction(context, node, printQualified(chain.name), undefined);
  return checkMethod(context, node, callee);
}

const isValue = (kind: Parameters<typeof describeKind>[0]): boolean =>
  kind === "const" || kind === "data" || kind === "param";

function checkFunctionCall(context: CheckContext, node: CallExpression, declared: DeclaredOf<"fn">): Checked {
  const name = declared.node.name.text;
  const info = context.declarations.function(declared);
  if (info === undefined) {
    context.sink.report(typeDiagnostics["recursive-function"](node.span, { name }));
    return FAILED;
  }
  const { params, result } = info.function;
  if (params.length !== node.args.length) {
    for (const argument of node.args) checkValue(context, argument, null);
    context.sink.report(
      typeDiagnostics["argument-count"](node.span, {
        name,
        expected: params.length === 1 ? "one argument" : `${params.length} arguments`,
        found: node.args.length,
        usage: `${name}(${params.map((each) => `${each.name}: ${printType(each.type)}`).join(", ")})`,
      }),
    );
    return FAILED;
  }
  let failed = false;
  for (const [index, parameter] of params.entries()) {
    const argument = node.args[index];
    if (argument !== undefined && isError(checkAs(context, argument, parameter.type).type)) failed = true;
  }
  if (failed) return FAILED;
  reportEmptyTruth(context, node, info.emptyTruth);
  return typed(result, { meaning: { kind: "function", function: info.function } });
}

/** `all` inside the function is looked at where the call stands. */
function reportEmptyTruth(
  context: CheckContext,
  node: CallExpression,
  inside: { readonly positive: boolean; readonly negative: boolean },
): void {
  const { loosens, emptyTruth } = context;
  const whenTrue = loosens === "when-true" || loosens === "both";
  const whenFalse = loosens === "when-false" || loosens === "both";
  if (emptyTruth !== null) {
    if ((whenTrue && inside.positive) || (whenFalse && inside.negative)) emptyTruth.positive = true;
    if ((whenFalse && inside.positive) || (whenTrue && inside.negative)) emptyTruth.negative = true;
  } else if ((whenTrue && inside.positive) || (whenFalse && inside.negative))
    context.sink.report(typeDiagnostics["empty-truth"](node.span, { variable: "x" }));
}

function checkMethod(context: CheckContext, node: CallExpression, callee: FieldAccess): Checked {
  const name = callee.name.text;
  if (builtinsWritten("method", name).length > 0)
    return checkBuiltin(context, "method", name, [callee.of, ...node.args], callee.name.span);
  const of = checkValue(context, callee.of, null);
  if (isError(of.type)) return FAILED;
  const methods = methodsOf(of.type);
  context.sink.report(
    typeDiagnostics["unknown-method"](callee.name.span, {
      type: printType(of.type),
      name,
      hint: didYouMean(name, methods, methods.length === 0 ? "it has none" : `it has ${methods.join(", ")}`),
    }),
  );
  return FAILED;
}

function unknownFunction(
  context: CheckContext,
  node: CallExpression,
  name: string,
  kind: Parameters<typeof describeKind>[0] | undefined,
): Checked {
  if (kind === undefined && context.module.failed(name.split(".")[0] ?? "")) return FAILED;
  const functions = context.module.names("value", ["fn"]);
  context.sink.report(
    typeDiagnostics["unknown-function"](node.callee.span, {
      name,
      hint:
        kind !== undefined
          ? `it is ${describeKind(kind)}`
          : builtinsWritten("method", name).length > 0
            ? `it is a method: write \`x.${name}(…)\``
            : didYouMean(name, functions, "declare it with `fn`, or import it"),
    }),
  );
  return FAILED;
}
