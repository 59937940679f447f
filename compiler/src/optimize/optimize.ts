// The optimiser: what an IR program says, in fewer and simpler expressions. Never changes a decision.
import { mapChildren } from "@aegis/runtime/core";
import type { IrExpression, IrProgram } from "@aegis/runtime/core";
import { foldNode } from "./fold-constants.ts";
import { removeDeadRules } from "./remove-dead-rules.ts";
import { shareExpressions } from "./share-expressions.ts";
import { simplifyNode } from "./simplify-boolean.ts";
import { sortRules } from "./sort-rules.ts";

/** Gives the same expression, simpler; itself when nothing can be done. */
export type Simplifier = (expression: IrExpression) => IrExpression;

/** Remembers what it has seen: parts that rules share are simplified once. */
export function createSimplifier(): Simplifier {
  const known = new Map<IrExpression, IrExpression>();
  const simplify: Simplifier = (node) => {
    if (LEAVES.has(node.kind)) return node;
    const before = known.get(node);
    if (before !== undefined) return before;
    const mapped = mapChildren(node, simplify);
    const next = simplifyNode(foldNode(mapped));
    // What came out may allow another step; every step leaves fewer or simpler nodes, so it ends.
    const simplest = next === mapped ? mapped : simplify(next);
    known.set(node, simplest);
    if (simplest !== node) known.set(simplest, simplest);
    return simplest;
  };
  return simplify;
}

const LEAVES: ReadonlySet<IrExpression["kind"]> = new Set(["const", "read", "local", "gather", "fact"]);

export const optimizeExpression: Simplifier = (expression) => createSimplifier()(expression);

/** Tables of actions, patterns, labels and counters keep their order, so that indices into them stay good. */
export function optimize(program: IrProgram, simplify = createSimplifier()): IrProgram {
  const expressions = program.expressions.map(simplify);
  return shareExpressions(sortRules(removeDeadRules({ ...program, expressions })));
}
