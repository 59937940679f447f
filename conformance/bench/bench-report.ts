// The record of a run: what the tables, the chart and readers of the JSON are made from.
import type { RequestKind } from "./workload/workloads.ts";

export interface BenchRow {
  readonly engine: string;
  readonly label: string;
  readonly rules: number;
  readonly requests: RequestKind;
  /** Nanoseconds of a decision: the median over the repetitions, the least and the most. */
  readonly ns: number;
  readonly low: number;
  readonly high: number;
  /** Of decisions timed one by one, the clock's own time included. */
  readonly p99: number;
  /** To the hand-written interpreter in the same run; null without one. */
  readonly ratio: number | null;
  /** Decisions of a repetition. */
  readonly calls: number;
  /** Answers that were compared with the first engine's. */
  readonly compared: number;
  /** From the built policy to the first decision. */
  readonly loadMs: number;
  /** From the start of the process to the first decision, what only the benchmark reads left out. */
  readonly coldMs: number;
  /** Resident memory of the process, and of its server where there is one. */
  readonly memoryMb: number;
}

/** Something beside decisions, in milliseconds: the median, the least and the most. */
export interface BenchTiming {
  readonly id: string;
  readonly label: string;
  readonly ms: number;
  readonly low: number;
  readonly high: number;
  readonly repetitions: number;
}

export interface BenchReport {
  readonly version: 1;
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  readonly repetitions: number;
  /** Of all that was compared, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly BenchRow[];
  readonly timings: readonly BenchTiming[];
  /** What did not run, and why. */
  readonly leftOut: readonly string[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export const rowsOf = ({ rows }: BenchReport, requests: RequestKind): readonly BenchRow[] =>
  rows.filter((row) => row.requests === requests);

/** Sizes of the rule sets, the smallest first. */
export const sizesOf = (rows: readonly BenchRow[]): readonly number[] =>
  [...new Set(rows.map(({ rules }) => rules))].sort((left, right) => left - right);
