// Families of types that builtins take as parameters.
import type { Type } from "../types/type.ts";
import { DEFAULT_MAX_ITEMS, parsed, setOf } from "../types/type.ts";
import { isScalar, sameType } from "../types/type-relations.ts";
import type { TypeMatcher } from "./define-builtin.ts";

const like = (
  name: string,
  accepts: TypeMatcher["accepts"],
  expected?: TypeMatcher["expected"],
): TypeMatcher => ({ kind: "like", name, accepts, ...(expected === undefined ? {} : { expected }) });

const isListOrSet = (type: Type): type is Extract<Type, { kind: "list" | "set" }> =>
  type.kind === "list" || type.kind === "set";
const isParsed = (type: Type, name: string): boolean => type.kind === "parsed" && type.name === name;

/** Most items that a value of a collection type can hold. */
export function maxItems(type: Type | undefined): number {
  switch (type?.kind) {
    case "list":
    case "set":
    case "map":
      return type.max;
    case "headers":
      return DEFAULT_MAX_ITEMS;
    default:
      return 1;
  }
}

export const TEXT = like("string or parsed type", (type) => type.kind === "string" || type.kind === "parsed");
export const SIZED = like(
  "list, set, map or headers",
  (type) => isListOrSet(type) || type.kind === "map" || type.kind === "headers",
);
export const KEYED = like("map or headers", (type) => type.kind === "map" || type.kind === "headers");
export const SCALARS = like("list or set of scalars", (type) => isListOrSet(type) && isScalar(type.of));
/** A list or set with the same elements as the first argument. */
export const SAME_SCALARS = like(
  "list or set of the same scalars",
  (type, [first]) =>
    isListOrSet(type) && first !== undefined && isListOrSet(first) && sameType(type.of, first.of),
  ([first]) => (first !== undefined && isListOrSet(first) ? setOf(first.of) : undefined),
);
/** A set with the same elements as the first argument. */
export const SAME_SET = like(
  "set of the same scalars",
  (type, [first]) =>
    type.kind === "set" && first !== undefined && isListOrSet(first) && sameType(type.of, first.of),
  ([first]) => (first !== undefined && isListOrSet(first) ? setOf(first.of) : undefined),
);
export const NUMBER = like(
  "int, decimal, time or duration",
  (type) =>
    type.kind === "int" || type.kind === "decimal" || type.kind === "time" || type.kind === "duration",
);
/** The type of the first argument. */
export const SAME_AS_FIRST = like(
  "the same type",
  (type, [first]) => first !== undefined && sameType(type, first),
  ([first]) => first,
);
/** A list or set of one parsed type. */
export const manyOf = (name: string): TypeMatcher =>
  like(`list<${name}> or set<${name}>`, (type) => isListOrSet(type) && isParsed(type.of, name));
/** A set of one parsed type, which literals take too. */
export const setOfParsed = (name: string): TypeMatcher =>
  like(
    `set<${name}>`,
    (type) => type.kind === "set" && isParsed(type.of, name),
    () => setOf(parsed(name)),
  );
/** A text short enough to be taken apart. */
export const SHORT_TEXT_MAX = 100_000;
export const SHORT_TEXT = like(
  `string max ${SHORT_TEXT_MAX} or less`,
  (type) => type.kind === "string" && type.max !== undefined && type.max <= SHORT_TEXT_MAX,
);
export const PATH = like("path or relpath", (type) => isParsed(type, "path") || isParsed(type, "relpath"));
