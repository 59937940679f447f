// What a run counts, as JSON: chunks add up, and a run goes on where the last one stopped.
export interface Tally {
  programs: number;
  /** (policy, request) pairs put to the reference. */
  pairs: number;
  /** Documents compared with the reference's, by engine. */
  compared: Record<string, number>;
  decisions: Record<string, number>;
  codes: Record<string, number>;
  /** Evaluations by the reference, by construct. */
  constructs: Record<string, number>;
  /** Reports of disagreements, shrunk. */
  divergences: string[];
}

export const newTally = (): Tally => ({
  programs: 0,
  pairs: 0,
  compared: {},
  decisions: {},
  codes: {},
  constructs: {},
  divergences: [],
});

export function addTallies(left: Tally, right: Tally): Tally {
  return {
    programs: left.programs + right.programs,
    pairs: left.pairs + right.pairs,
    compared: sums(left.compared, right.compared),
    decisions: sums(left.decisions, right.decisions),
    codes: sums(left.codes, right.codes),
    constructs: sums(left.constructs, right.constructs),
    divergences: [...left.divergences, ...right.divergences],
  };
}

function sums(left: Record<string, number>, right: Record<string, number>): Record<string, number> {
  const total = new Map(Object.entries(left));
  for (const [name, count] of Object.entries(right)) total.set(name, (total.get(name) ?? 0) + count);
  return Object.fromEntries([...total].sort(([a], [b]) => (a < b ? -1 : 1)));
}
