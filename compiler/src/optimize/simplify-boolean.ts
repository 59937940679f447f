// Simplifies `and`, `or`, `not` and `if`: flattens, drops neutral and repeated operands, decides what is decided.
import { BOOL } from "@aegis/runtime/core";
import type { IrCompare, IrConst, IrExpression, IrIf, IrNot } from "@aegis/runtime/core";
import { textOf } from "./expression-text.ts";

/** The same condition, one step simpler, whose children are simple; itself when it is simple too. */
export function simplifyNode(node: IrExpression): IrExpression {
  switch (node.kind) {
    case "and":
      return simplifyJunction(node, "and", node.all);
    case "or":
      return simplifyJunction(node, "or", node.any);
    case "not":
      return simplifyNot(node);
    case "if":
      return simplifyIf(node);
    default:
      return node;
  }
}

const bool = (value: boolean): IrConst => ({ kind: "const", type: BOOL, value });
const isConst = (node: IrExpression, value: boolean): boolean =>
  node.kind === "const" && node.type.kind === "bool" && node.value === value;

const junction = (kind: "and" | "or", operands: readonly IrExpression[]): IrExpression =>
  kind === "and" ? { kind, all: operands } : { kind, any: operands };

function operandsOf(node: IrExpression, kind: "and" | "or"): readonly IrExpression[] {
  if (node.kind === "and" && kind === "and") return node.all;
  if (node.kind === "or" && kind === "or") return node.any;
  return [node];
}

/** `absorbing` decides the whole (`false` for `and`); its opposite is dropped, and so is a repetition. */
function simplifyJunction(
  node: IrExpression,
  kind: "and" | "or",
  operands: readonly IrExpression[],
): IrExpression {
  const absorbing = kind === "or";
  const kept: IrExpression[] = [];
  for (const operand of operands.some((each) => each.kind === kind)
    ? operands.flatMap((each) => operandsOf(each, kind))
    : operands) {
    if (isConst(operand, absorbing)) return bool(absorbing);
    if (!isConst(operand, !absorbing)) kept.push(operand);
  }
  const simple = distinct(kept);
  if (simple === null) return bool(absorbing);
  const [first] = simple;
  if (first === undefined) return bool(!absorbing);
  if (simple.length === 1) return first;
  const same = simple.length === operands.length && simple.every((each, index) => each === operands[index]);
  return same ? node : junction(kind, simple);
}

/** The operands that claim something new; null where one claims the opposite of another: expressions are total. */
function distinct(operands: readonly IrExpression[]): readonly IrExpression[] | null {
  // What differs in its head differs: nearly always no text is needed.
  if (new Set(operands.map(headOf)).size === operands.length) return operands;
  const signs = new Map<string, boolean>();
  const simple: IrExpression[] = [];
  for (const operand of operands) {
    const { claim, sign } = signed(operand);
    const text = textOf(claim);
    const before = signs.get(text);
    if (before === !sign) return null;
    if (before === undefined) simple.push(operand);
    signs.set(text, sign);
  }
  return simple;
}

/** The head of what an expression claims or denies: see `signed`. */
function headOf(operand: IrExpression): string {
  const node = operand.kind === "not" ? operand.of : operand;
  switch (node.kind) {
    case "compare":
      return node === operand && isDenial(node) ? NEGATED[node.op] : node.op;
    case "call":
      return node.fn;
    default:
      return node.kind;
  }
}

/** An expression as a claim, or as the opposite of one. */
function signed(node: IrExpression): { readonly claim: IrExpression; readonly sign: boolean } {
  if (node.kind === "not") return { claim: node.of, sign: false };
  if (node.kind === "compare" && isDenial(node))
    return { claim: { ...node, op: NEGATED[node.op] }, sign: false };
  return { claim: node, sign: true };
}

const isDenial = ({ op }: IrCompare): boolean => op === "ne" || op === "ge" || op === "gt";

const NEGATED: Readonly<Record<IrCompare["op"], IrCompare["op"]>> = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  le: "gt",
  gt: "le",
  ge: "lt",
};

function simplifyNot(node: IrNot): IrExpression {
  const { of } = node;
  if (of.kind === "not") return of.of;
  if (of.kind === "const" && typeof of.value === "boolean") return bool(!of.value);
  if (of.kind === "compare") return { ...of, op: NEGATED[of.op] };
  return node;
}

function simplifyIf(node: IrIf): IrExpression {
  const { condition, then, else: otherwise } = node;
  if (isConst(condition, true)) return then;
  if (isConst(condition, false)) return otherwise;
  if (condition.kind === "not") return { ...node, condition: condition.of, then: otherwise, else: then };
  if (isConst(then, true)) return junction("or", [condition, otherwise]);
  if (isConst(otherwise, false)) return junction("and", [condition, then]);
  if (isConst(then, false)) return junction("and", [simplifyNot({ kind: "not", of: condition }), otherwise]);
  if (isConst(otherwise, true)) return junction("or", [simplifyNot({ kind: "not", of: condition }), then]);
  return textOf(then) === textOf(otherwise) ? then : node;
}
