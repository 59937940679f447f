// Collections whose items are no constants have no form in the IR: membership in them is spelt out.
import { shiftLocals } from "@aegis/runtime/core";
import type { IrExpression } from "@aegis/runtime/core";
import type { CollectionLiteral, Expression } from "../syntax/expression.ts";
import { either } from "./build.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

/** Anywhere but on the right of `in` and `within`, and in a quantifier, the checker refuses them. */
export function lowerCollection(node: CollectionLiteral): Lowered {
  throw new InternalError(`a collection that is no constant at ${node.span.file}:${node.span.start}`);
}

/** The items of a collection written out that is no constant. */
export function literalItems(node: Expression, environment: Environment): readonly Expression[] | undefined {
  if (node.kind !== "collection" || infoOf(node, environment).constant !== undefined) return undefined;
  return node.items;
}

/** Whether an item equals one of these; `below` counts the binders between the environment and the item. */
export function memberOfItems(
  item: IrExpression,
  items: readonly Expression[],
  environment: Environment,
  below: number,
): IrExpression {
  return either(
    ...items.map((each): IrExpression => {
      const right = shiftLocals(environment.lower.value(each, environment).expression, below);
      return { kind: "compare", op: "eq", left: item, right };
    }),
  );
}
