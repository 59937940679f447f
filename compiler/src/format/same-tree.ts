// Whether two modules say the same: their trees without places, and their comments.
import type { Comment, Module } from "../syntax/ast.ts";

const PLACES: ReadonlySet<string> = new Set(["span", "opSpan", "keySpan"]);

/** Compares trees without places, file names and comments. */
export const sameModule = (a: Module, b: Module): boolean =>
  same({ ...a, file: "", comments: [] }, { ...b, file: "", comments: [] });

/** Whether no comment was lost; the order may differ, and `///` may have become `//` where it documents nothing. */
export const sameComments = (a: readonly Comment[], b: readonly Comment[]): boolean =>
  same(a.map(contentOf).sort(), b.map(contentOf).sort());

const contentOf = (comment: Comment): string => comment.text.replace(/^\/+/, "").trimEnd();

/** The height of trees is bounded by the parser. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => same(each, b[index]));
  const left = Object.entries(a).filter(([key]) => !PLACES.has(key));
  const right = new Map(Object.entries(b).filter(([key]) => !PLACES.has(key)));
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  );
}
