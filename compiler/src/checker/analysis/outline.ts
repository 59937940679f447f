// What the conditions of rules come to in numbers that are quick to make: enough to see that nearly all rules say something of
// their own and can hold and fail. The others are looked at closely.
import type { Expression } from "../../syntax/expression.ts";
import type { CheckedGroup, CheckedRule, CheckedScope, ExpressionTypes } from "../checked-program.ts";
import { digestOf, joined } from "./digest.ts";
import { Numbering } from "./numbering.ts";
import { askedFreely } from "./asked-freely.ts";

export interface Outline {
  /** Digests of what must hold together, each once: taken apart at `and`. */
  readonly conditions: readonly number[];
  /** Digests of what is asked about, taken apart at `or` and `not` too. */
  readonly asked: readonly number[];
  /**
   * All that is asked is asked once, and each answer is possible: a formula that reads each of its free variables once can be
   * made true and can be made false. False says nothing.
   */
  readonly free: boolean;
}

interface Sketch extends Outline {
  readonly conditions: number[];
  readonly asked: number[];
  free: boolean;
}

function emptySketch(): Sketch {
  // Lists written inside the object would make each of them dear.
  const conditions: number[] = [];
  const asked: number[] = [];
  return { conditions, asked, free: true };
}

export class Outlines {
  readonly #texts = new Numbering();
  readonly #scopes = new Map<CheckedScope, Outline>();
  readonly #groups = new Map<CheckedGroup, Outline>();

  ofGroup(rule: CheckedRule, group: CheckedGroup): Outline {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const { when, unless } = rule.declaration;
    const sketch = emptySketch();
    if (rule.bindings.size > 0)
      insert(sketch.conditions, this.#texts.of(`with ${JSON.stringify([...rule.bindings])}`));
    for (const scope of rule.scopes) {
      const { conditions, asked, free } = this.#ofScope(scope);
      for (const each of conditions) insert(sketch.conditions, each);
      for (const each of asked) ask(each, sketch);
      if (!free) sketch.free = false;
    }
    if (when !== null) add(when, group.types, true, true, sketch, this.#texts);
    if (unless !== null) add(unless, group.types, false, true, sketch, this.#texts);
    this.#groups.set(group, sketch);
    return sketch;
  }

  #ofScope(scope: CheckedScope): Outline {
    const known = this.#scopes.get(scope);
    if (known !== undefined) return known;
    const outline = this.of(scope.expression, scope.types);
    this.#scopes.set(scope, outline);
    return outline;
  }

  /** Of one condition. */
  of(node: Expression, types: ExpressionTypes): Outline {
    const sketch = emptySketch();
    add(node, types, true, true, sketch, this.#texts);
    return sketch;
  }
}

/** Gives the digest, for what it is a part of. `joint`: it must hold, or fail, whatever else does. */
function add(
  node: Expression,
  types: ExpressionTypes,
  holds: boolean,
  joint: boolean,
  sketch: Sketch,
  texts: Numbering,
): number {
  const info = types.get(node);
  if (info === undefined || info.constant !== undefined || info.guards !== undefined) sketch.free = false;
  let digest: number;
  if (info?.guards === undefined && node.kind === "binary" && (node.op === "and" || node.op === "or")) {
    const both = joint && node.op === (holds ? "and" : "or");
    const left = add(node.left, types, holds, both, sketch, texts);
    const right = add(node.right, types, holds, both, sketch, texts);
    if (both) return 0;
    digest =
      info?.constant === undefined ? joined(node.op, left, right, texts) : digestOf(node, types, texts);
  } else if (info?.guards === undefined && node.kind === "unary" && node.op === "not")
    return add(node.of, types, !holds, joint, sketch, texts);
  else {
    digest = digestOf(node, types, texts);
    const asked = sketch.free ? askedFreely(node, types) : null;
    if (asked === null) sketch.free = false;
    else ask(asked === node ? digest : digestOf(asked, types, texts), sketch);
  }
  if (joint) insert(sketch.conditions, holds ? digest : ~digest);
  return digest;
}

function ask(digest: number, sketch: Sketch): void {
  if (sketch.asked.includes(digest)) sketch.free = false;
  else sketch.asked.push(digest);
}

function insert(list: number[], number: number): void {
  if (!list.includes(number)) list.push(number);
}
