// `any` grants what one good element excuses, `all` stops only what is bad throughout.
import type { Expression } from "../../../syntax/expression.ts";
import type { ExpressionTypes } from "../../../checker/checked-program.ts";
import { defineRuleCheck } from "../../define-lint-rule.ts";
import { argumentOf, readingsOf } from "../../reading/conditions.ts";

export const quantifierDirection = defineRuleCheck(
  "quantifier-direction",
  {
    doc: "`any` where a grant needs `all`, or the other way round.",
    severity: "error",
    message: "{what}",
    help: "{hint}",
  },
  function* (rule, _actions, finding) {
    for (const group of rule.groups)
      for (const { node, types, truth } of readingsOf(rule, group)) {
        if (truth === "unknown") continue;
        const op = quantifierOf(node);
        const widens = truth === "widens";
        if (op === null || !isOfTheCall(op.over, types) || (op.any ? !widens : widens)) continue;
        yield finding(
          node.span,
          op.any
            ? {
                what: "one good element is enough to let all the others through",
                hint: "write `all non-empty … : …`, or `xs within …`",
              }
            : {
                what: "one good element is enough to get past this restriction",
                hint: "write `any … : …`: a restriction holds as soon as one element is bad",
              },
        );
      }
  },
);

function quantifierOf(node: Expression): { readonly any: boolean; readonly over: Expression } | null {
  if (node.kind === "quantifier" && node.op !== "count") return { any: node.op === "any", over: node.over };
  if (node.kind === "call" && node.callee.kind === "field" && node.callee.name.text === "intersects")
    return { any: true, over: node.callee.of };
  return null;
}

/** A list that the caller writes: an argument, a part of one (`args.command.calls`), or `args.all(T)`. */
function isOfTheCall(node: Expression, types: ExpressionTypes): boolean {
  if ((argumentOf(node, types)?.length ?? 0) > 0) return true;
  if (types.get(node)?.meaning?.kind === "gather") return true;
  switch (node.kind) {
    case "field":
    case "where-present":
      return isOfTheCall(node.of, types);
    case "call":
      return node.callee.kind === "field" && isOfTheCall(node.callee.of, types);
    case "binary":
      return node.op === "else" && isOfTheCall(node.left, types);
    default:
      return false;
  }
}
