// All computed facts: one line each. Looked up by their names in requests.
import type { ComputedFact } from "./computed-fact.ts";
import { licenceChoices } from "./spdx/licence-choices.ts";

const all: readonly ComputedFact[] = [licenceChoices];

export const computedFacts: ReadonlyMap<string, ComputedFact> = new Map(all.map((fact) => [fact.name, fact]));
