// All builtin functions: one line each. Looked up by IR name, or by what an author wrote.
import type { Type } from "../types/type.ts";
import { contains } from "./contains.ts";
import { count } from "./count.ts";
import { covers, hostInPatterns, patternCoversHost } from "./covers.ts";
import type { BuiltinDefinition, BuiltinSyntax } from "./define-builtin.ts";
import { acceptsArguments } from "./define-builtin.ts";
import { endsWith } from "./ends-with.ts";
import { max, min } from "./extremes.ts";
import { intersects } from "./intersects.ts";
import { isEmpty } from "./is-empty.ts";
import { keys } from "./keys.ts";
import { length } from "./length.ts";
import { lines } from "./lines.ts";
import { lower } from "./lower.ts";
import { cidrWithin, ipInCidr, ipInCidrs, withinNetworks } from "./networks.ts";
import { startsWith } from "./starts-with.ts";
import { dateUtc, hourUtc, weekdayUtc } from "./time-parts.ts";
import { under } from "./under.ts";
import { values } from "./values.ts";
import { withinHosts } from "./within-hosts.ts";
import { within } from "./within.ts";

/** In the order in which definitions of one source name are tried: the particular before the general. */
const all: readonly BuiltinDefinition[] = [
  startsWith,
  endsWith,
  contains,
  lower,
  length,
  lines,
  count,
  isEmpty,
  keys,
  values,
  withinHosts,
  withinNetworks,
  cidrWithin,
  within,
  intersects,
  covers,
  patternCoversHost,
  hostInPatterns,
  ipInCidr,
  ipInCidrs,
  under,
  min,
  max,
  hourUtc,
  weekdayUtc,
  dateUtc,
];

/** By name in the IR. */
export const builtins: ReadonlyMap<string, BuiltinDefinition> = new Map(
  all.map((definition) => [definition.name, definition]),
);

/** The definitions written so in source, in the order in which to try them; empty when there is none. */
export const builtinsWritten = (syntax: BuiltinSyntax, name: string): readonly BuiltinDefinition[] =>
  written[syntax].get(name) ?? NONE;
const NONE: readonly BuiltinDefinition[] = [];

const written: { readonly [Syntax in BuiltinSyntax]: Map<string, BuiltinDefinition[]> } = {
  function: new Map(),
  method: new Map(),
  operator: new Map(),
};
for (const definition of all) {
  const names = written[definition.syntax];
  const name = definition.sourceName ?? definition.name;
  const known = names.get(name);
  if (known === undefined) names.set(name, [definition]);
  else known.push(definition);
}

/** The first definition written so that accepts arguments of these types. `in` on plain collections is no builtin. */
export function findBuiltin(
  syntax: BuiltinSyntax,
  name: string,
  types: readonly Type[],
): BuiltinDefinition | undefined {
  return builtinsWritten(syntax, name).find((definition) => acceptsArguments(definition, types));
}
