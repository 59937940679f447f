// How large a type is once its aliases are written out: what later phases walk, and what the bundle holds.
import type { Type } from "@aegis/runtime/core";

/** Parts of a type, aliases written out. */
export const MAX_TYPE_SIZE = 10_000;
/** Levels of a type; input deeper than that is refused anyway. */
export const MAX_TYPE_DEPTH = 64;
/** Declarations that refer to each other in a row: aliases, patterns, groups. */
export const MAX_CHAIN = 100;

export interface Extent {
  readonly size: number;
  readonly depth: number;
}

const known = new WeakMap<Type, Extent>();

/** Shared parts are measured once, and counted wherever they stand. */
export function extentOf(type: Type): Extent {
  const earlier = known.get(type);
  if (earlier !== undefined) return earlier;
  let size = 1;
  let depth = 0;
  for (const part of partsOf(type)) {
    const inner = extentOf(part);
    size += inner.size;
    depth = Math.max(depth, inner.depth);
  }
  const extent = { size, depth: depth + 1 };
  known.set(type, extent);
  return extent;
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
    case "optional":
      return [type.of];
    case "record":
      return type.fields.map((field) => field.type);
    default:
      return [];
  }
}
