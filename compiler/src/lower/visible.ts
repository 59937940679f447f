// The list phase: bounds of a condition by agent and context alone, whatever arguments, result, state and time turn out to be.
import { someNode } from "@aegis/runtime/core";
import type { Field, IrExpression } from "@aegis/runtime/core";
import { FALSE, TRUE, both, either, negate } from "./build.ts";
import { opposite } from "./resolve-maybe.ts";
import type { Bound } from "./resolve-maybe.ts";

/** One rule or waiver as the list phase sees it. */
export interface ListedCondition {
  readonly scope: IrExpression;
  readonly when: IrExpression;
  /** Exceptions that may switch a restriction off. */
  readonly waivers: readonly IrExpression[];
}

/** Visible where some allow may hold and no deny must. */
export function visibleCondition(
  allows: readonly ListedCondition[],
  denies: readonly ListedCondition[],
  context: readonly Field[],
): IrExpression {
  const known = knownContext(context);
  const possible = allows.map((rule) => bounded(both(rule.scope, rule.when), "upper", known));
  const certain = denies.map((rule) =>
    both(
      bounded(both(rule.scope, rule.when), "lower", known),
      ...rule.waivers.map((waiver) => negate(bounded(waiver, "upper", known))),
    ),
  );
  return both(either(...possible), negate(either(...certain)));
}

/** Attributes that a list request carries for certain; time and session, and what may be absent, may come with the call only. */
function knownContext(context: readonly Field[]): ReadonlySet<string> {
  const required = context.filter((field) => field.type.kind !== "optional").map((field) => field.name);
  return new Set(required.filter((name) => name !== "time" && name !== "session"));
}

function bounded(node: IrExpression, bound: Bound, known: ReadonlySet<string>): IrExpression {
  const below = (child: IrExpression, within = bound): IrExpression => bounded(child, within, known);
  const unknown = (each: IrExpression): boolean => isUnknown(each, known);
  if (!someNode(node, unknown)) return node;
  const anything = bound === "upper" ? TRUE : FALSE;
  switch (node.kind) {
    case "not":
      return negate(below(node.of, opposite(bound)));
    case "and":
      return both(...node.all.map((each) => below(each)));
    case "or":
      return either(...node.any.map((each) => below(each)));
    case "if":
      return someNode(node.condition, unknown)
        ? below(either(both(node.condition, node.then), both(negate(node.condition), node.else)))
        : { ...node, then: below(node.then), else: below(node.else) };
    case "quantifier":
      return node.op === "count" || someNode(node.over, unknown)
        ? anything
        : { ...node, body: below(node.body) };
    default:
      return anything;
  }
}

function isUnknown(node: IrExpression, known: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case "label":
    case "counter":
    case "fact":
    case "gather":
      return true;
    case "read":
      if (node.root === "agent") return false;
      return node.root !== "context" || !known.has(node.path[0] ?? "");
    default:
      return false;
  }
}
