// All computed facts: one line each. Looked up by their names in requests.
import type { ComputedFact } from "./computed-fact.ts";
import { decoded } from "./decoded.ts";
import { entropy } from "./entropy.ts";
import { ibans } from "./ibans.ts";
import { installs } from "./installs/installs.ts";
import { sbom } from "./inventory/sbom.ts";
import { cards, luhn } from "./luhn.ts";
import { provenance } from "./provenance/provenance.ts";
import { analysis } from "./sarif/analysis.ts";
import { licenceChoices } from "./spdx/licence-choices.ts";
import { unreadable } from "./unreadable.ts";
import { findings } from "./vulnerabilities/findings.ts";

const all: readonly ComputedFact[] = [
  analysis,
  cards,
  decoded,
  entropy,
  findings,
  ibans,
  installs,
  licenceChoices,
  luhn,
  provenance,
  sbom,
  unreadable,
];

export const computedFacts: ReadonlyMap<string, ComputedFact> = new Map(all.map((fact) => [fact.name, fact]));
