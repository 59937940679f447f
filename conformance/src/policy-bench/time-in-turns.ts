// Times functions in turns, so that what slows the machine slows all of them.
import type { Times } from "./policy-bench-report.ts";

export interface Timed {
  /** Decides the request of that number. */
  readonly run: (index: number) => unknown;
  /** Requests that it has. */
  readonly count: number;
}

export interface TimingOptions {
  readonly rounds: number;
  /** How long each is timed in a round. */
  readonly roundMs: number;
}

/** Rounds that are run before any is timed. */
const WARM_UP = 3;
/** Of a round, runs that are timed one by one. */
const SAMPLES = 500;

/** In the order given. */
export function timeInTurns(timed: readonly Timed[], { rounds, roundMs }: TimingOptions): readonly Times[] {
  /** Decisions are counted, so that none is optimized away. */
  let decided = 0;
  const found = timed.map(() => ({ means: [] as number[], singles: [] as number[], next: 0 }));
  for (let round = -WARM_UP; round < rounds; round++) {
    timed.forEach(({ run, count }, index) => {
      const own = found[index];
      if (own === undefined) return;
      const until = performance.now() + roundMs;
      const started = process.hrtime.bigint();
      let runs = 0;
      do {
        // As often as there are requests, so that each round holds the same ones, and the clock is seldom asked.
        for (let request = 0; request < count; request++) if (run(request) !== undefined) decided++;
        runs += count;
      } while (performance.now() < until);
      const mean = Number(process.hrtime.bigint() - started) / runs;
      if (round < 0) return;
      own.means.push(mean);
      for (let sample = 0; sample < Math.min(SAMPLES, runs); sample++) {
        const start = process.hrtime.bigint();
        if (run(own.next++ % count) !== undefined) decided++;
        own.singles.push(Number(process.hrtime.bigint() - start));
      }
    });
  }
  if (decided === 0 && timed.length > 0) throw new Error("nothing was decided");
  return found.map(({ means, singles }) => ({
    ns: at(means, 0.5),
    low: Math.min(...means),
    high: Math.max(...means),
    p99: at(singles, 0.99),
  }));
}

function at(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * part)] ?? 0;
}
