// A prefix or a pattern says little about a path, an address, a statement or a command line.
import type { ExpressionTypes } from "../../../checker/checked-program.ts";
import type { Expression, QuantifierExpression } from "../../../syntax/expression.ts";
import { defineRuleCheck } from "../../define-lint-rule.ts";
import { argumentOf, readingsOf } from "../../reading/conditions.ts";
import { elementType } from "../../reading/element-type.ts";

const TELLING = /(^|_|[a-z](?=[A-Z]))(path|url|uri|sql|query|command|cmd)s?$/i;
const METHODS = new Set(["starts_with", "ends_with", "contains"]);

export const weakTest = defineRuleCheck(
  "weak-test",
  {
    doc: "A prefix or pattern on an argument that the tool reads in another way.",
    severity: "error",
    message: "a {test} says little about `{name}`: the tool reads it in another way",
    help: "give the argument a parsed type (`url`, `path`, `relpath`, `command`) and ask for its parts; SQL is best held by a role of the database",
  },
  function* (rule, _actions, finding) {
    // Detectors look for secrets in any text: what they find is redacted.
    if (rule.declaration.effect === "sanitize") return;
    for (const group of rule.groups) {
      const overs = new Map<object, QuantifierExpression>();
      for (const { node, types } of readingsOf(rule, group)) {
        if (node.kind === "quantifier") overs.set(node, node);
        const tested = testedText(node);
        const name = tested === null ? null : argumentName(tested.text, types, overs);
        if (tested !== null && name !== null && TELLING.test(name) && isText(tested.text, types))
          yield finding(node.span, { test: tested.test, name });
      }
    }
  },
);

function testedText(node: Expression): { readonly text: Expression; readonly test: string } | null {
  if (node.kind === "binary" && node.op === "matches") return { text: node.left, test: "pattern" };
  if (node.kind === "call" && node.callee.kind === "field" && METHODS.has(node.callee.name.text))
    return { text: node.callee.of, test: `\`${node.callee.name.text}\`` };
  return null;
}

function argumentName(
  node: Expression,
  types: ExpressionTypes,
  overs: ReadonlyMap<object, QuantifierExpression>,
): string | null {
  if (node.kind === "call" && node.callee.kind === "field") return argumentName(node.callee.of, types, overs);
  if (node.kind === "binary" && node.op === "else") return argumentName(node.left, types, overs);
  const meaning = types.get(node)?.meaning;
  if (meaning?.kind === "parameter") return meaning.name;
  if (meaning?.kind === "variable") {
    const over = overs.get(meaning.declaredBy)?.over;
    return over === undefined ? null : argumentName(over, types, overs);
  }
  return argumentOf(node, types)?.at(-1) ?? null;
}

const isText = (node: Expression, types: ExpressionTypes): boolean => {
  const type = types.get(node.kind === "where-present" ? node.of : node)?.type;
  return type !== undefined && elementType(type).kind === "string";
};
