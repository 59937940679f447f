// All computed facts: one line each. Looked up by their names in requests.
import type { ComputedFact } from "./computed-fact.ts";
import { decoded } from "./decoded.ts";
import { entropy } from "./entropy.ts";
import { ibans } from "./ibans.ts";
import { cards, luhn } from "./luhn.ts";
import { licenceChoices } from "./spdx/licence-choices.ts";
import { unreadable } from "./unreadable.ts";

const all: readonly ComputedFact[] = [cards, decoded, entropy, ibans, licenceChoices, luhn, unreadable];

export const computedFacts: ReadonlyMap<string, ComputedFact> = new Map(all.map((fact) => [fact.name, fact]));
