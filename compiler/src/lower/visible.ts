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

/** What is known when tools are listed, and the bounds that were found by it. */
export class ListPhase {
  readonly #known: ReadonlySet<string>;
  /** Of conditions that rules share: those of the `for` around them. */
  readonly #scopes: Readonly<Record<Bound, Map<IrExpression, IrExpression>>> = {
    upper: new Map(),
    lower: new Map(),
  };

  constructor(context: readonly Field[]) {
    this.#known = knownContext(context);
  }

  /** Visible where some allow may hold and no deny must. */
  visibleCondition(allows: readonly ListedCondition[], denies: readonly ListedCondition[]): IrExpression {
    // Nearly all come to the `for` alone: as a set, what they share counts once.
    const possible = new Set(
      allows.map(({ scope, when }) => both(this.#scope(scope, "upper"), this.#bounded(when, "upper"))),
    );
    const certain = new Set(
      denies.map(({ scope, when, waivers }) =>
        both(
          this.#scope(scope, "lower"),
          this.#bounded(when, "lower"),
          ...waivers.map((waiver) => negate(this.#bounded(waiver, "upper"))),
        ),
      ),
    );
    return both(either(...possible), negate(either(...certain)));
  }

  #scope(scope: IrExpression, bound: Bound): IrExpression {
    const known = this.#scopes[bound].get(scope) ?? this.#bounded(scope, bound);
    this.#scopes[bound].set(scope, known);
    return known;
  }

  #bounded(node: IrExpression, bound: Bound): IrExpression {
    if (!this.#isUnknown(node)) return node;
    const below = (child: IrExpression, within = bound): IrExpression => this.#bounded(child, within);
    const anything = bound === "upper" ? TRUE : FALSE;
    switch (node.kind) {
      case "not":
        return negate(below(node.of, opposite(bound)));
      case "and":
        return both(...node.all.map((each) => below(each)));
      case "or":
        return either(...node.any.map((each) => below(each)));
      case "if":
        return this.#isUnknown(node.condition)
          ? below(either(both(node.condition, node.then), both(negate(node.condition), node.else)))
          : { ...node, then: below(node.then), else: below(node.else) };
      case "quantifier":
        return node.op === "count" || this.#isUnknown(node.over)
          ? anything
          : { ...node, body: below(node.body) };
      default:
        return anything;
    }
  }

  #isUnknown(node: IrExpression): boolean {
    return someNode(node, (each) => namesUnknown(each, this.#known));
  }
}

/** Attributes that a list request carries for certain; time and session, and what may be absent, may come with the call only. */
function knownContext(context: readonly Field[]): ReadonlySet<string> {
  const required = context.filter((field) => field.type.kind !== "optional").map((field) => field.name);
  return new Set(required.filter((name) => name !== "time" && name !== "session"));
}

function namesUnknown(node: IrExpression, known: ReadonlySet<string>): boolean {
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
