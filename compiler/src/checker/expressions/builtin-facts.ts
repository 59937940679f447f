// Facts that every program has: what the enforcement point knows of any value of a call.
import { setOf } from "@aegis/runtime/core";
import type { EnumType, Type } from "@aegis/runtime/core";

/** Where a value of the call came from, as far as the enforcement point has seen it. */
export const ORIGIN: EnumType = {
  kind: "enum",
  name: "Origin",
  members: ["prompt", "system", "tool", "memory", "agent", "unknown"],
};

const facts: ReadonlyMap<string, Type> = new Map([["origin", setOf(ORIGIN, ORIGIN.members.length)]]);

export const builtinFacts: readonly { readonly name: string; readonly type: Type }[] = [...facts].map(
  ([name, type]) => ({ name, type }),
);

export const builtinFact = (name: string): { readonly name: string; readonly type: Type } | undefined =>
  builtinFacts.find((fact) => fact.name === name);
