// The summary file of a long run: what was compared so far and where to go on.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

/** An empty one where there is no file yet. */
export function readSummary(file: string, engines: readonly string[], requestsPerProgram: number): Summary {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Summary;
  return { version: 1, next: 1, requestsPerProgram, engines, seconds: 0, tally: newTally() };
}

export const writeSummary = (file: string, summary: Summary): void =>
  writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
