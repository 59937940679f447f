// Lowers expressions: dispatches by kind, turns narrowed reads into total ones, adds the guards of `where present`.
import { BOOL, required } from "@aegis/runtime/core";
import type { ConstValue, IrExpression, Type } from "@aegis/runtime/core";
import type { ExpressionInfo } from "../checker/checked-program.ts";
import type { Expression } from "../syntax/expression.ts";
import { both, constant } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, ExpressionLowering, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";
import { lowerBinary } from "./lower-binary.ts";
import { lowerCall } from "./lower-call.ts";
import { lowerHas } from "./lower-has.ts";
import { lowerIndex } from "./lower-index.ts";
import { lowerIs } from "./lower-is.ts";
import { lowerField, lowerName } from "./lower-name.ts";
import { lowerQuantifier } from "./lower-quantifier.ts";
import { lowerIf, lowerUnary } from "./lower-unary.ts";
import { TooLarge } from "./too-large.ts";
import { zeroValue } from "./zero-value.ts";

type Lowerers = {
  readonly [Kind in Expression["kind"]]: (
    node: Extract<Expression, { kind: Kind }>,
    environment: Environment,
    info: ExpressionInfo,
  ) => Lowered;
};

const lowerers: Lowerers = {
  // Literals are constants of the type that their place expects: the checker says so.
  string: notConstant,
  number: notConstant,
  bool: (node) => ({ expression: constant(BOOL, node.value), type: BOOL }),
  duration: notConstant,
  time: notConstant,
  name: lowerName,
  field: lowerField,
  index: lowerIndex,
  call: lowerCall,
  unary: lowerUnary,
  binary: lowerBinary,
  is: lowerIs,
  // Its guard stands in the condition around it.
  "where-present": (node, environment) => environment.lower.place(node.of, environment),
  if: lowerIf,
  quantifier: lowerQuantifier,
  has: lowerHas,
  // The checker accepts constant items only.
  collection: notConstant,
  as: (node, environment, info) => {
    const of = environment.lower.value(node.of, environment);
    const type = required(info.type);
    return {
      expression: { kind: "cast", of: of.expression, type },
      type: { kind: "optional", of: type },
    };
  },
  regex: notConstant,
  missing: notConstant,
};

function notConstant(node: Expression): Lowered {
  throw new InternalError(`${node.kind} without a meaning at ${node.span.file}:${node.span.start}`);
}

export const expressionLowering: ExpressionLowering = { place, value, condition };

function place(node: Expression, environment: Environment): Lowered {
  return placed(node, environment, infoOf(node, environment));
}

function placed(node: Expression, environment: Environment, info: ExpressionInfo): Lowered {
  if (--environment.budget.steps < 0) throw new TooLarge();
  if (info.constant !== undefined && !isConnective(node)) {
    const type = sizedType(required(info.type), info.constant);
    return { expression: constant(type, info.constant), type };
  }
  const lowerer = lowerers[node.kind] as (
    node: Expression,
    environment: Environment,
    info: ExpressionInfo,
  ) => Lowered;
  const lowered = lowerer(node, environment, info);
  if (info.guards === undefined) return lowered;
  const guards = info.guards.flatMap((guard) => {
    const guarded = place(guard.of, environment);
    return guarded.type.kind === "optional" ? [present(guarded.expression)] : [];
  });
  return { expression: both(...guards, totalled(node, lowered, environment)), type: BOOL };
}

/** The type with the size that the constant has: what is looked through is bounded by it. */
const sizedType = (type: Type, value: ConstValue): Type =>
  (type.kind === "list" || type.kind === "set" || type.kind === "map") && Array.isArray(value)
    ? { ...type, max: Math.max(1, value.length) }
    : type;

/** A connective is lowered even where the checker knows its value: what it names decides whether the rule can be blind. */
const isConnective = (node: Expression): boolean =>
  (node.kind === "binary" && (node.op === "and" || node.op === "or")) ||
  (node.kind === "unary" && node.op === "not");

function value(node: Expression, environment: Environment): Lowered {
  const info = infoOf(node, environment);
  const lowered = placed(node, environment, info);
  if (lowered.type.kind !== "optional" || info.type.kind === "optional") return lowered;
  return { expression: totalled(node, lowered, environment), type: lowered.type.of };
}

function condition(node: Expression, environment: Environment): IrExpression {
  const { expression } = value(node, environment);
  environment.sources?.push({ span: node.span, expression });
  return expression;
}

/** The value of a place that is known to be there. */
function totalled(node: Expression, lowered: Lowered, environment: Environment): IrExpression {
  if (lowered.type.kind !== "optional") return lowered.expression;
  const type = lowered.type.of;
  environment.assumedPresent.push(lowered.expression);
  const fallback = constant(required(type), zeroValue(type, environment.tables.parsedTypes));
  return { kind: "else", of: lowered.expression, fallback };
}

const present = (of: IrExpression): IrExpression => ({ kind: "present", of });
