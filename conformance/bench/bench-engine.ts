// What an engine of the benchmark is: it gets a rule set once and then answers requests.
import type { BenchAnswer, BenchRequest } from "./workload/bench-rule.ts";

export interface BenchEngine {
  /**
   * Everything that a program does once, at its start. Gets what the entry's `build` made ahead; without one the rules
   * themselves.
   */
  load(built: unknown): Promise<LoadedBenchEngine> | LoadedBenchEngine;
}

export interface LoadedBenchEngine {
  /** Requests in the form that the engine takes, made before the clock starts. */
  prepare(requests: readonly BenchRequest[]): readonly unknown[];
  /** What is timed. */
  decide(prepared: unknown): unknown;
  /** What a decision says, for the comparison. */
  answer(decided: unknown): BenchAnswer;
  /** Process of a server that decides: its memory counts. */
  readonly server?: number;
  close?(): void;
}
