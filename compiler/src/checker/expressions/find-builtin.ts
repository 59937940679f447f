// Builtins by the way they are written; those that share a name are told apart by the types of their arguments.
import { acceptsArgument, acceptsArguments, builtins, expectedArgument, resultType } from "@aegis/runtime/core";
import type { BuiltinDefinition, Type } from "@aegis/runtime/core";

type Syntax = BuiltinDefinition["syntax"];

export interface FoundBuiltin {
  readonly definition: BuiltinDefinition;
  readonly result: Type;
}

const bySource: ReadonlyMap<string, readonly BuiltinDefinition[]> = (() => {
  const map = new Map<string, BuiltinDefinition[]>();
  for (const definition of builtins.values()) {
    const key = `${definition.syntax} ${definition.sourceName ?? definition.name}`;
    map.set(key, [...(map.get(key) ?? []), definition]);
  }
  return map;
})();

export const builtinsNamed = (syntax: Syntax, name: string): readonly BuiltinDefinition[] =>
  bySource.get(`${syntax} ${name}`) ?? [];

export const isBuiltinName = (syntax: Syntax, name: string): boolean => builtinsNamed(syntax, name).length > 0;

/** The builtin of this name that takes arguments of these types. */
export function findBuiltin(syntax: Syntax, name: string, types: readonly Type[]): FoundBuiltin | undefined {
  const definition = builtinsNamed(syntax, name).find((each) => acceptsArguments(each, types));
  return definition === undefined ? undefined : { definition, result: resultType(definition, types) };
}

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
export function expectedNext(
  candidates: readonly BuiltinDefinition[],
  earlier: readonly Type[],
): readonly Type[] {
  const found: Type[] = [];
  for (const candidate of candidates) {
    const fits = earlier.every((type, index) => {
      const parameter = candidate.params[index];
      return parameter !== undefined && acceptsArgument(parameter.type, type, earlier.slice(0, index));
    });
    const parameter = candidate.params[earlier.length];
    const expected = fits && parameter !== undefined ? expectedArgument(parameter.type, earlier) : undefined;
    if (expected !== undefined) found.push(expected);
  }
  return found;
}
