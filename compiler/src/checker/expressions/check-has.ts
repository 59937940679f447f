// `session has label(key)`: state, in conditions of rules, where polarity says what an uncertain label counts as.
import { BOOL } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { HasExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { checkAs, checkValue } from "./check.ts";
import { describeKind, fromFailedImport, printQualified, resolveIn } from "./declared-value.ts";

export function checkHas(context: CheckContext, node: HasExpression): Checked {
  const declared = context.module.resolve(node.label, "id") ?? resolveIn(context.module, node.label);
  const name = printQualified(node.label);
  if (declared === undefined && fromFailedImport(context, node.label)) return FAILED;
  if (declared?.kind !== "label") {
    context.sink.report(
      typeDiagnostics["not-a-label"](node.label.span, {
        name,
        hint:
          declared === undefined
            ? didYouMean(name, labelNames(context), "declare it with `label`")
            : `it is ${describeKind(declared.kind)}`,
      }),
    );
    return FAILED;
  }
  const label = context.declarations.label(declared);
  const keys = checkKeys(context, node, name, label.key);
  if (!context.labels) {
    context.sink.report(typeDiagnostics["label-here"](node.span, { place: context.place }));
    return FAILED;
  }
  if (context.position !== "boolean") {
    context.sink.report(typeDiagnostics["label-position"](node.span));
    return FAILED;
  }
  if (label.scope !== node.scope) {
    const span = { file: node.span.file, start: node.span.start, end: node.span.start + node.scope.length };
    context.sink.report(
      typeDiagnostics["label-scope"](
        node.span,
        { label: name, scope: label.scope },
        { fixes: [{ title: `write ${label.scope} has`, edits: [{ span, newText: label.scope }] }] },
      ),
    );
    return FAILED;
  }
  return keys ? typed(BOOL, { meaning: { kind: "label", label } }) : FAILED;
}

function checkKeys(
  context: CheckContext,
  node: HasExpression,
  name: string,
  types: readonly Parameters<typeof checkAs>[2][],
): boolean {
  if (types.length !== node.key.length) {
    for (const key of node.key) checkValue(context, key, null);
    context.sink.report(
      typeDiagnostics["argument-count"](node.span, {
        name,
        expected: types.length === 1 ? "one key" : `${types.length} keys`,
        found: node.key.length,
        usage: `${node.scope} has ${name}${types.length === 0 ? "" : "(…)"}`,
      }),
    );
    return false;
  }
  return node.key.every((key, index) => {
    const type = types[index];
    return type !== undefined && !isError(checkAs(context, key, type).type);
  });
}

const labelNames = (context: CheckContext): readonly string[] => context.module.names("id", ["label"]);
