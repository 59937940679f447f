// Computes what is constant: comparisons, arithmetic, membership, quantifiers over nothing.
import { BOOL, INT, MAX_INTEGER } from "@aegis/runtime/core";
import type {
  ConstValue,
  IrArithmetic,
  IrCompare,
  IrConst,
  IrExpression,
  IrMember,
  IrQuantifier,
} from "@aegis/runtime/core";

/** The constant that the node itself comes to, when its children decide it; else the node. */
export function foldNode(node: IrExpression): IrExpression {
  switch (node.kind) {
    case "compare":
      return foldCompare(node);
    case "arithmetic":
      return foldArithmetic(node);
    case "member":
      return foldMember(node);
    case "quantifier":
      return foldQuantifier(node);
    default:
      return node;
  }
}

const bool = (value: boolean): IrConst => ({ kind: "const", type: BOOL, value });

function foldCompare(node: IrCompare): IrExpression {
  const { left, right, op } = node;
  if (left.kind !== "const" || right.kind !== "const") return node;
  if (op === "eq" || op === "ne") return bool(sameScalar(left.value, right.value) === (op === "eq"));
  if (typeof left.value !== "number" || typeof right.value !== "number") return node;
  const difference = left.value - right.value;
  const holds = { lt: difference < 0, le: difference <= 0, gt: difference > 0, ge: difference >= 0 };
  return bool(holds[op]);
}

/** Constants of one scalar type: parsed ones stand as canonical texts. */
const sameScalar = (left: ConstValue, right: ConstValue): boolean => left === right;

function foldArithmetic(node: IrArithmetic): IrExpression {
  const { left, right, op } = node;
  if (left.kind !== "const" || right.kind !== "const") return node;
  if (typeof left.value !== "number" || typeof right.value !== "number") return node;
  return { ...left, value: compute(op, left.value, right.value) };
}

function compute(op: IrArithmetic["op"], left: number, right: number): number {
  switch (op) {
    case "add":
      return saturate(left + right);
    case "sub":
      return saturate(left - right);
    case "mul":
      return saturate(left * right);
    case "mod":
      return (((left % right) + right) % right) + 0;
  }
}

/** Adding zero turns −0 into 0. */
const saturate = (value: number): number => Math.max(-MAX_INTEGER, Math.min(MAX_INTEGER, value)) + 0;

function foldMember(node: IrMember): IrExpression {
  const { item, of } = node;
  if (of.kind !== "const" || !Array.isArray(of.value)) return node;
  const values: readonly ConstValue[] = of.value;
  if (values.length === 0) return bool(false);
  const elements = of.type.kind === "list" || of.type.kind === "set";
  return item.kind === "const" && elements
    ? bool(values.some((value) => sameScalar(value, item.value)))
    : node;
}

function foldQuantifier(node: IrQuantifier): IrExpression {
  const { op, over, body } = node;
  const overNothing = over.kind === "const" && Array.isArray(over.value) && over.value.length === 0;
  const never = body.kind === "const" && body.value === false;
  const always = body.kind === "const" && body.value === true;
  if (op === "count") return overNothing || never ? { kind: "const", type: INT, value: 0 } : node;
  if (op === "any" && (overNothing || never)) return bool(false);
  if (op === "all" && (overNothing || always)) return bool(true);
  return node;
}
