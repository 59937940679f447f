// Calls: user functions are inlined, facts, gathers and builtins have nodes of their own.
import { listOf, optional } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import type { CheckedFunction, ExpressionInfo, Meaning } from "../checker/checked-program.ts";
import type { CallExpression, Expression } from "../syntax/expression.ts";
import type { Binding, Environment, Lowered } from "./environment.ts";
import { checkedSize } from "./expression-size.ts";
import { InternalError } from "./internal-error.ts";

export function lowerCall(node: CallExpression, environment: Environment, info: ExpressionInfo): Lowered {
  const raw = info.narrowed === true ? optional(info.type) : info.type;
  const { meaning } = info;
  switch (meaning?.kind) {
    case "function":
      return inline(meaning.function, callArguments(node, environment), environment);
    case "fact": {
      const { name, path } = meaning;
      return { expression: { kind: "fact", name, path, type: raw }, type: raw };
    }
    case "gather": {
      const { type, places } = meaning;
      return { expression: { kind: "gather", type, places }, type: listOf(type) };
    }
    case "builtin":
      return { expression: builtinCall(node, meaning, environment), type: raw };
    default:
      throw new InternalError(`a call without a meaning at ${node.span.file}:${node.span.start}`);
  }
}

function builtinCall(
  node: CallExpression,
  meaning: Extract<Meaning, { kind: "builtin" }>,
  environment: Environment,
): IrExpression {
  const args: IrExpression[] = [];
  const receiver = receiverOf(node, environment);
  if (receiver !== null) args.push(environment.lower.value(receiver, environment).expression);
  for (const arg of node.args) args.push(environment.lower.value(arg, environment).expression);
  return { kind: "call", fn: meaning.name, args };
}

/** What a method is called on: it is a value, where a package before a function is not. */
function receiverOf({ callee }: CallExpression, environment: Environment): Expression | null {
  return callee.kind === "field" && environment.types.has(callee.of) ? callee.of : null;
}

/** The arguments, the receiver of a method first. */
function callArguments(node: CallExpression, environment: Environment): readonly Expression[] {
  const receiver = receiverOf(node, environment);
  return receiver === null ? node.args : [receiver, ...node.args];
}

/** The body with the arguments in place of the parameters. Its own variables are new ones, so nothing is captured. */
function inline(fn: CheckedFunction, args: readonly Expression[], environment: Environment): Lowered {
  const parameters = new Map<string, Binding>();
  fn.params.forEach((parameter, index) => {
    const argument = args[index];
    if (argument === undefined) throw new InternalError(`too few arguments for ${fn.name}`);
    const lowered =
      parameter.type.kind === "optional"
        ? environment.lower.place(argument, environment)
        : environment.lower.value(argument, environment);
    checkedSize(lowered.expression);
    parameters.set(parameter.name, { ...lowered, depth: environment.depth });
  });
  const inside: Environment = {
    ...environment,
    types: fn.types,
    parameters,
    variables: new Map(),
    sources: null,
  };
  return fn.result.kind === "optional"
    ? environment.lower.place(fn.body, inside)
    : environment.lower.value(fn.body, inside);
}
