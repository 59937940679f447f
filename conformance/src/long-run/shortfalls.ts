// What a run has not exercised enough: a run without disagreement says little where it was one of denials.
import { newConstructCount } from "../harness/construct-count.ts";
import type { Tally } from "./tally.ts";

/** Each decision is to be this share of all at least. */
const SHARE = 0.15;
/** Each construct and builtin is to be evaluated this often. */
const TIMES = 1000;
const DECISIONS = ["allow", "sanitize", "approval_needed", "deny"];

/** Sentences; none where the run is a full one. */
export function shortfalls({ pairs, decisions, constructs }: Tally): readonly string[] {
  const rare = DECISIONS.filter((name) => (decisions[name] ?? 0) < pairs * SHARE).map(
    (name) =>
      `${name} is less than ${String(SHARE * 100)} % of the decisions: ${String(decisions[name] ?? 0)}`,
  );
  const unused = [...newConstructCount().keys()]
    .filter((name) => (constructs[name] ?? 0) < TIMES)
    .map(
      (name) => `${name} was evaluated less than ${String(TIMES)} times: ${String(constructs[name] ?? 0)}`,
    );
  return [...rare, ...unused];
}
