// A fact about an argument of the call: supplied by the enforcement point, looked up by the argument's place.
import { printType, required, sameType } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import type { CallExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { asValue } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, isError, typed } from "../checked.ts";
import { jsonPointer } from "../json-pointer.ts";
import type { DeclaredOf } from "../declarations/declarations.ts";
import { checkPlace } from "./check.ts";

export function checkFact(
  context: CheckContext,
  node: CallExpression,
  declared: DeclaredOf<"fact">,
): Checked {
  const { name, type } = declared;
  // Built-in facts and those about `json` are about values of any type, the latter also about all arguments at once.
  const builtIn = declared.package === "";
  const any = !builtIn && declared.of.kind === "json";
  const of = builtIn || any ? null : declared.of;
  const [argument, ...rest] = node.args;
  if (argument === undefined || rest.length > 0) {
    context.sink.report(
      typeDiagnostics["argument-count"](node.span, {
        name,
        expected: "one argument",
        found: node.args.length,
        usage: `${name}(args.x)`,
      }),
    );
    return FAILED;
  }
  // Looked up by place: a fact may be told of an absent value too, and a missing one makes the rule blind.
  const checked = checkPlace(asValue(context), argument, null);
  if (isError(checked.type)) return FAILED;
  const { meaning } = checked;
  if (meaning?.kind !== "path" || meaning.root !== "args" || (meaning.path.length === 0 && !any)) {
    context.sink.report(typeDiagnostics["not-an-argument"](argument.span, { name }));
    return FAILED;
  }
  if (of !== null && !sameType(of, required(checked.type))) {
    context.sink.report(
      typeDiagnostics.mismatch(argument.span, {
        found: printType(required(checked.type)),
        expected: printType(of),
        hint: `\`${name}\` is a fact about \`${printType(of)}\``,
      }),
    );
    return FAILED;
  }
  return typed(type, { meaning: { kind: "fact", name, path: jsonPointer(["args", ...meaning.path]) } });
}
