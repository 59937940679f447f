// What the registry of builtins offers for a place: methods of a type, types that a literal may take.
import { acceptsArgument, acceptsFirst, builtins, expectedArgument } from "@aegis/runtime/core";
import type { BuiltinDefinition, Type } from "@aegis/runtime/core";

/** Names of methods that values of this type have. */
export function methodsOf(type: Type): readonly string[] {
  const names = [...builtins.values()]
    .filter((each) => {
      const first = each.params[0];
      return each.syntax === "method" && first !== undefined && acceptsArgument(first.type, type, []);
    })
    .map((each) => each.sourceName ?? each.name);
  return [...new Set(names)].sort();
}

/** Types that a literal may take as the next argument after `earlier`, in the order of the registry. */
export function expectedNext(candidates: readonly BuiltinDefinition[], earlier: readonly Type[]): Type[] {
  const found: Type[] = [];
  for (const candidate of candidates) {
    const parameter = candidate.params[earlier.length];
    if (parameter === undefined || !acceptsFirst(candidate, earlier)) continue;
    const expected = expectedArgument(parameter.type, earlier);
    if (expected !== undefined) found.push(expected);
  }
  return found;
}
