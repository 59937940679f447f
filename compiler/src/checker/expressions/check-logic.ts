// `and`, `or`, `not`, `if`: conditions, with what each proves present.
import { BOOL, sameType } from "@aegis/runtime/core";
import type { Type } from "@aegis/runtime/core";
import type { BinaryExpression, IfExpression, UnaryExpression } from "../../syntax/expression.ts";
import type { CheckContext } from "../check-context.ts";
import { opposing, withPresent } from "../check-context.ts";
import type { Checked } from "../checked.ts";
import { FAILED, intersection, isError, TRUTH, typed, union } from "../checked.ts";
import { checkAs, checkCondition, checkValue } from "./check.ts";
import { literalNeedsType } from "./literal-needs-type.ts";

export function checkAnd(context: CheckContext, node: BinaryExpression): Checked {
  const left = checkCondition(context, node.left);
  const right = checkCondition(withPresent(context, left.whenTrue), node.right);
  const both = union(left.whenTrue, right.whenTrue);
  // What the sound half proves stays proved: one mistake makes no second one.
  if (isError(left.type) || isError(right.type)) return { ...FAILED, whenTrue: both };
  return truth(
    fold(left, right, false),
    both,
    intersection(left.whenFalse, union(left.whenTrue, right.whenFalse)),
  );
}

export function checkOr(context: CheckContext, node: BinaryExpression): Checked {
  const left = checkCondition(context, node.left);
  const right = checkCondition(withPresent(context, left.whenFalse), node.right);
  const neither = union(left.whenFalse, right.whenFalse);
  if (isError(left.type) || isError(right.type)) return { ...FAILED, whenFalse: neither };
  return truth(
    fold(left, right, true),
    intersection(left.whenTrue, union(left.whenFalse, right.whenTrue)),
    neither,
  );
}

const truth = (
  constant: boolean | undefined,
  whenTrue: ReadonlySet<string>,
  whenFalse: ReadonlySet<string>,
): Checked =>
  constant === undefined && whenTrue.size === 0 && whenFalse.size === 0
    ? TRUTH
    : typed(BOOL, { constant, whenTrue, whenFalse });

/** One operand of the `absorbing` value decides; else both must be known, and are its opposite. */
function fold(left: Checked, right: Checked, absorbing: boolean): boolean | undefined {
  if (left.constant === absorbing || right.constant === absorbing) return absorbing;
  return typeof left.constant === "boolean" && typeof right.constant === "boolean" ? !absorbing : undefined;
}

export function checkNot(context: CheckContext, node: UnaryExpression): Checked {
  const of = checkCondition({ ...context, loosens: opposing(context.loosens, "not") }, node.of);
  if (isError(of.type)) return FAILED;
  return typed(BOOL, {
    whenTrue: of.whenFalse,
    whenFalse: of.whenTrue,
    constant: typeof of.constant === "boolean" ? !of.constant : undefined,
  });
}

export function checkIf(context: CheckContext, node: IfExpression, expected: Type | null): Checked {
  const condition = checkCondition(
    { ...context, loosens: opposing(context.loosens, "both") },
    node.condition,
  );
  const inThen = withPresent(context, condition.whenTrue);
  const inElse = withPresent(context, condition.whenFalse);
  const [then, otherwise] = checkBranches(inThen, inElse, node, expected);
  if (isError(condition.type) || isError(then.type) || isError(otherwise.type)) return FAILED;
  return typed(then.type, {
    whenTrue: intersection(
      union(condition.whenTrue, then.whenTrue),
      union(condition.whenFalse, otherwise.whenTrue),
    ),
    whenFalse: intersection(
      union(condition.whenTrue, then.whenFalse),
      union(condition.whenFalse, otherwise.whenFalse),
    ),
  });
}

/** Both branches have one type: the expected one, else that of the branch that knows its own. */
function checkBranches(
  inThen: CheckContext,
  inElse: CheckContext,
  node: IfExpression,
  expected: Type | null,
): readonly [Checked, Checked] {
  if (expected?.kind === "bool")
    return [checkCondition(inThen, node.then), checkCondition(inElse, node.else)];
  if (expected === null && literalNeedsType(inThen, node.then)) {
    const otherwise = checkValue(inElse, node.else, null);
    return [agree(inThen, node.then, otherwise), otherwise];
  }
  const then = checkValue(inThen, node.then, expected);
  return [then, agree(inElse, node.else, then)];
}

function agree(context: CheckContext, node: IfExpression["then"], other: Checked): Checked {
  if (isError(other.type)) return checkValue(context, node, null);
  const checked = checkAs(context, node, other.type, "both branches have one type");
  return isError(checked.type) || sameType(checked.type, other.type) ? checked : FAILED;
}
