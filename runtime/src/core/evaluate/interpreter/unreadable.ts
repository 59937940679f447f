// Whether a rule can read what it names: what is unreadable makes it blind.
import type { ValidRequest } from "../../input/valid-request.ts";
import type { IrReads } from "../../ir/ir.ts";

import type { BlindCode } from "../outcome/rule-match.ts";

/** The code for the first thing that cannot be read, state before facts and context; undefined when all can. */
export function unreadable(
  reads: IrReads,
  { state, facts, context }: Pick<ValidRequest, "state" | "facts" | "context">,
): BlindCode | undefined {
  const stateMissing =
    reads.labels.some((cell) => state.labels[cell] === undefined) ||
    reads.counters.some((cell) => state.counters[cell] === undefined);
  if (stateMissing) return "state_unavailable";
  const factMissing =
    reads.facts.some(({ path, fact }) => facts.get(path)?.has(fact) !== true) ||
    reads.context.some((name) => !context.has(name));
  return factMissing ? "fact_unavailable" : undefined;
}
