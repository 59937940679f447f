// A text that is the same for expressions that are built alike: to find repetitions, never to compare with anything else.
import type { IrExpression } from "@aegis/runtime/core";

const known = new WeakMap<IrExpression, string>();

export function textOf(expression: IrExpression): string {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const text = JSON.stringify(expression);
  known.set(expression, text);
  return text;
}
