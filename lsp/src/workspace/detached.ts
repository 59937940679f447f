// What types say about the declaration that is being written at the cursor.
import { checkDetached, type Known, type PolicyDeclaration } from "@aegis/compiler";
import type { Cursor } from "./cursor.ts";
import { pathAt } from "./expression-at.ts";
import type { View } from "./view.ts";

/** The policy in which the cursor stands. */
export const policyAround = (view: View, offset: number): PolicyDeclaration | null =>
  pathAt(view, offset).find(
    (each): each is PolicyDeclaration => each.kind === "policy" && each.span.end > offset,
  ) ?? null;

export function knownAt(view: View, cursor: Cursor): Known {
  const { analysis, module } = view;
  if (cursor.item === null || module === null) return [];
  return checkDetached(
    analysis.resolved,
    analysis.checked,
    module,
    cursor.item,
    policyAround(view, cursor.start),
  );
}
