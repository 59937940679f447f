// Small constructors of boolean IR expressions; they drop neutral operands and nothing else.
import { BOOL } from "@aegis/runtime/core";
import type { ConstValue, IrConst, IrExpression, Type } from "@aegis/runtime/core";

export const constant = (type: Type, value: ConstValue): IrConst => ({ kind: "const", type, value });
export const TRUE: IrConst = constant(BOOL, true);
export const FALSE: IrConst = constant(BOOL, false);

export const isTrue = (node: IrExpression): boolean => node.kind === "const" && node.value === true;
export const isFalse = (node: IrExpression): boolean => node.kind === "const" && node.value === false;

export const negate = (of: IrExpression): IrExpression => ({ kind: "not", of });

const isNotTrue = (node: IrExpression): boolean => !isTrue(node);
const isNotFalse = (node: IrExpression): boolean => !isFalse(node);

export function both(...all: readonly IrExpression[]): IrExpression {
  const kept = all.filter(isNotTrue);
  return kept.length > 1 ? { kind: "and", all: kept } : (kept[0] ?? TRUE);
}

export function either(...any: readonly IrExpression[]): IrExpression {
  const kept = any.filter(isNotFalse);
  return kept.length > 1 ? { kind: "or", any: kept } : (kept[0] ?? FALSE);
}

export const anyOf = (over: IrExpression, body: IrExpression): IrExpression => ({
  kind: "quantifier",
  op: "any",
  over,
  body,
});
