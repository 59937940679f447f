// How many (policy, request) pairs it takes until each planted bug shows.
import { canonicalJson, createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { randomCase } from "../harness/random-case.ts";
import { plant, type PlantedBug } from "./planted-bug.ts";

export interface Hunt {
  /** Number of the first case. */
  readonly first: number;
  /** Most pairs that are tried. */
  readonly pairs: number;
  readonly requestsPerProgram: number;
}

/** Pairs tried until the bug showed, by bug; null where it did not. */
export function findBugs(
  bugs: readonly PlantedBug[],
  { first, pairs, requestsPerProgram }: Hunt,
): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>(bugs.map(({ id }) => [id, null]));
  let tried = 0;
  for (let seed = first; tried < pairs && [...found.values()].includes(null); seed += 1) {
    const { program, requests } = randomCase(seed, requestsPerProgram);
    const engine = createInterpreter(program, platform);
    const expected = requests.map((text) => canonicalJson(engine.decideText(text)));
    for (const bug of bugs) {
      if (found.get(bug.id) !== null) continue;
      const decide = plant(bug, program);
      const at = requests.findIndex((text, index) => canonicalJson(decide(text)) !== expected[index]);
      if (at >= 0) found.set(bug.id, tried + at + 1);
    }
    tried += requests.length;
  }
  return found;
}
