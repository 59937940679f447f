// Finds nodes by place, for editors: whatever kind they are of, because every node is a plain object with a span.
import type { Span } from "../source/span.ts";
import type { Module } from "./ast.ts";

/** A node of the tree, with the property of its parent under which it stands. */
export interface PlacedNode {
  readonly span: Span;
  /** Absent for parts that are no node of their own, such as a row of a table. */
  readonly kind?: string;
}

const isNode = (value: unknown): value is PlacedNode =>
  typeof value === "object" && value !== null && "span" in value && isSpan(value.span);
const isSpan = (value: unknown): boolean => typeof value === "object" && value !== null && "start" in value;

/** The nodes right below a node, in no certain order; lists and plain objects between are looked through. */
export function* childNodes(node: object): Generator<PlacedNode> {
  for (const [key, value] of Object.entries(node)) {
    if (key === "span" || key === "comments" || typeof value !== "object" || value === null) continue;
    if (isNode(value)) yield value;
    else yield* childNodes(value as object);
  }
}

/** The nodes around an offset, from the module inwards; an offset right behind a node counts as in it. */
export function nodesAt(module: Module, offset: number): readonly PlacedNode[] {
  const path: PlacedNode[] = [module];
  for (let node: PlacedNode | undefined = module; node !== undefined;) {
    let inner: PlacedNode | undefined;
    for (const child of childNodes(node)) {
      const { start, end, file } = child.span;
      if (file !== module.file || start > offset || end < offset) continue;
      // Of two that touch, the one that begins here; of two around each other, the smaller.
      if (inner === undefined || start > inner.span.start || end < inner.span.end) inner = child;
    }
    if (inner !== undefined) path.push(inner);
    node = inner;
  }
  return path;
}

/** Every node of a tree, outer before inner. */
export function* walkNodes(node: object): Generator<PlacedNode> {
  for (const child of childNodes(node)) {
    yield child;
    yield* walkNodes(child);
  }
}
