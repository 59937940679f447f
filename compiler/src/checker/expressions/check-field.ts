// `a.b`: a declared name in a package, an enum's member, or a field of a value.
import type { Type } from "@aegis/runtime/core";
import { typeDiagnostics } from "../../diagnostics/catalogue/type.ts";
import { didYouMean } from "../../diagnostics/closest-name.ts";
import type { Expression, FieldAccess } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, typed } from "../checked.ts";
import { checkPlace } from "./check.ts";
import { declaredValue, fromFailedImport, printQualified, resolveChain } from "./declared-value.ts";
import { fieldOf } from "./field-of.ts";

export function checkField(context: CheckContext, node: FieldAccess, _expected: Type | null): Checked {
  const chain = resolveChain(context, node);
  if (chain?.declared !== undefined)
    return declaredValue(context, node, printQualified(chain.name), chain.declared);
  if (chain !== undefined) {
    const of = resolveChain(context, node.of)?.declared;
    if (of?.kind === "enum") return enumMember(context, node, of.type);
    if (of === undefined && fromFailedImport(context, chain.name)) return FAILED;
    if (of?.kind === "package" || !startsWithValue(context, node.of)) {
      context.sink.report(
        typeDiagnostics["unknown-name"](node.span, {
          name: printQualified(chain.name),
          hint:
            of?.kind === "package"
              ? `package \`${of.package}\` does not declare it`
              : "names are arguments (`args.x`), attributes (`agent.x`, `context.x`), constants and members of enums; text stands in quotes",
        }),
      );
      return FAILED;
    }
  }
  const of = checkPlace(
    context.position === "value" ? context : { ...context, position: "value" },
    node.of,
    null,
  );
  return fieldOf(context, of, node.name, node.of);
}

/** Whether some beginning of the chain is a declared value, so that the rest are its fields. */
function startsWithValue(context: CheckContext, node: Expression): boolean {
  const declared = resolveChain(context, node)?.declared;
  if (declared !== undefined) return declared.kind !== "package" && declared.kind !== "tool";
  return node.kind === "field" && startsWithValue(context, node.of);
}

function enumMember(context: CheckContext, node: FieldAccess, type: Type): Checked {
  if (type.kind !== "enum") return FAILED;
  if (type.members.includes(node.name.text)) return typed(type, { constant: node.name.text });
  context.sink.report(
    typeDiagnostics["unknown-field"](node.name.span, {
      type: type.name,
      name: node.name.text,
      hint: didYouMean(node.name.text, type.members, `its members are ${type.members.join(", ")}`),
    }),
  );
  return FAILED;
}
