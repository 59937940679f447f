// Whether a rule reads what another environment, datum or `use` may change.
import { walkExpression } from "../../syntax/expression-children.ts";
import type { Expression } from "../../syntax/expression.ts";
import type { CheckedRule } from "../checked-program.ts";

export function readsExternal(rule: CheckedRule, external: WeakSet<Expression>): boolean {
  const { when, unless } = rule.declaration;
  for (const condition of [...rule.scopes, when, unless]) {
    if (condition === null) continue;
    for (const node of walkExpression(condition)) if (external.has(node)) return true;
  }
  return false;
}
