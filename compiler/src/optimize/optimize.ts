// The optimiser: what an IR program says, in fewer and simpler expressions. Never changes a decision.
import type { IrExpression, IrProgram } from "@aegis/runtime/core";
import { foldConstants } from "./fold-constants.ts";
import { removeDeadRules } from "./remove-dead-rules.ts";
import { shareExpressions } from "./share-expressions.ts";
import { simplifyBoolean } from "./simplify-boolean.ts";
import { sortRules } from "./sort-rules.ts";

/** Each round can enable another; expressions only shrink, and this many rounds are always enough in practice. */
const MAX_ROUNDS = 8;

/** Tables of actions, patterns, labels and counters keep their order, so that indices into them stay good. */
export function optimize(program: IrProgram): IrProgram {
  const expressions = program.expressions.map(optimizeExpression);
  return shareExpressions(sortRules(removeDeadRules({ ...program, expressions })));
}

export function optimizeExpression(expression: IrExpression): IrExpression {
  let current = expression;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = simplifyBoolean(foldConstants(current));
    if (next === current) break;
    current = next;
  }
  return current;
}
