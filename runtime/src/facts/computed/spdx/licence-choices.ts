// The alternatives of an SPDX licence expression, as a fact.
import type { ComputedFact } from "../computed-fact.ts";
import { readLicenceExpression } from "./licence-expression.ts";

export const licenceChoices: ComputedFact = {
  name: "std.supplychain.licence_choices",
  doc: "The alternatives of an SPDX licence expression, each a list of licences that all apply; none when it is no expression.",
  compute: (value) => (typeof value === "string" ? (readLicenceExpression(value) ?? []) : undefined),
};
