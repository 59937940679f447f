// The summary file of a long run: what was compared so far and where to go on.
import { existsSync, readFileSync } from "node:fs";
import { newTally, type Tally } from "./tally.ts";

export interface Summary {
  readonly version: 1;
  /** Number of the next case. */
  readonly next: number;
  readonly requestsPerProgram: number;
  readonly engines: readonly string[];
  /** Seconds of all parts of the run together. */
  readonly seconds: number;
  readonly tally: Tally;
}

export const newSummary = (
  first: number,
  engines: readonly string[],
  requestsPerProgram: number,
): Summary => ({ version: 1, next: first, requestsPerProgram, engines, seconds: 0, tally: newTally() });

/** Undefined where there is no file yet. */
export const readSummary = (file: string): Summary | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Summary) : undefined;
