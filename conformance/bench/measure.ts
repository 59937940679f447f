// One group of engines on one or more workloads: started, compared, warmed up, and timed in turns.
import type { BenchEngineEntry } from "./engine-registry.ts";
import { median, type BenchRow } from "./bench-report.ts";
import type { Stage } from "./process/prepare.ts";
import { RunningEngine } from "./process/running-engine.ts";
import type { BenchAnswer } from "./workload/bench-rule.ts";
import type { Workload } from "./workload/workloads.ts";

export interface MeasureOptions {
  readonly repetitions: number;
  /** Told what is left out, and why. */
  readonly leftOut: (what: string) => void;
}

interface Subject {
  readonly entry: BenchEngineEntry;
  readonly workload: Workload;
}

interface Measured extends Subject {
  readonly engine: RunningEngine;
  readonly loads: readonly number[];
  readonly colds: readonly number[];
  calls: number;
  p99: number;
  memoryMb: number;
  readonly times: number[];
}

/** Starts of a process whose middle one is told; of one that takes long, the first alone. */
const STARTS = 3;
const LONG_START_MS = 2_000;

/** A row for each subject that runs. Rejects where two engines disagree. */
export async function measure(
  stage: Stage,
  subjects: readonly Subject[],
  { repetitions, leftOut }: MeasureOptions,
): Promise<readonly BenchRow[]> {
  const running: Measured[] = [];
  try {
    for (const subject of subjects) {
      try {
        running.push(await start(stage, subject));
      } catch (error) {
        leftOut(`${subject.entry.id} at ${String(subject.workload.rules.length)} rules: ${firstLine(error)}`);
      }
    }
    const compared = await compare(running);
    for (const each of running) each.calls = (await each.engine.ask("warm")).calls;
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const each of running) {
        const { ns, p99, memoryMb } = await each.engine.ask("repeat");
        each.times.push(ns);
        Object.assign(each, { p99, memoryMb });
      }
    }
    return running.map((each) => rowOf(each, running, compared.get(each) ?? 0));
  } finally {
    await Promise.all(running.map(({ engine }) => engine.stop()));
  }
}

async function start(stage: Stage, subject: Subject): Promise<Measured> {
  const { entry, workload } = subject;
  const loads: number[] = [];
  const colds: number[] = [];
  for (;;) {
    const engine = await RunningEngine.start(stage, entry, workload);
    loads.push(engine.loaded.loadMs);
    colds.push(engine.loaded.coldMs);
    if (colds.length === STARTS || engine.loaded.coldMs > LONG_START_MS)
      return { ...subject, engine, loads, colds, calls: 0, p99: 0, memoryMb: 0, times: [] };
    await engine.stop();
  }
}

/** How many answers of each were compared. All engines must agree on a workload, as far as each of them answered. */
async function compare(running: readonly Measured[]): Promise<ReadonlyMap<Measured, number>> {
  const first = new Map<Workload, { readonly id: string; readonly answers: readonly BenchAnswer[] }>();
  const compared = new Map<Measured, number>();
  for (const each of running) {
    const { entry, workload, engine } = each;
    const { answers } = await engine.ask("answer");
    if (entry.mute === true) continue;
    compared.set(each, answers.length);
    const known = first.get(workload);
    if (known === undefined) {
      first.set(workload, { id: entry.id, answers });
      continue;
    }
    const wrong = answers.findIndex((answer, index) => !agree(known.answers[index], answer, entry));
    if (wrong < 0) continue;
    const found = JSON.stringify([known.answers[wrong], answers[wrong]]);
    throw new Error(
      `${known.id} and ${entry.id} disagree on request ${String(wrong)} of ${workload.id}: ${found}`,
    );
  }
  return compared;
}

/** One that cannot name rules is held to its decisions; one that names some, to naming only rules that decided. */
function agree(one: BenchAnswer | undefined, other: BenchAnswer, entry: BenchEngineEntry): boolean {
  if (one?.decision !== other.decision) return false;
  if (one.rules === null || other.rules === null) return true;
  if (entry.namesSome === true) return other.rules.every((id) => one.rules?.includes(id));
  return one.rules.join() === other.rules.join();
}

function rowOf(measured: Measured, running: readonly Measured[], compared: number): BenchRow {
  const { entry, workload, loads, colds, times, calls, p99, memoryMb } = measured;
  const base = running.find((each) => each.entry.id === "hand" && each.workload === workload);
  const low = Math.min(...times);
  return {
    engine: entry.id,
    label: entry.label,
    rules: workload.rules.length,
    requests: workload.kind,
    ns: round(median(times)),
    low: round(low),
    high: round(Math.max(...times)),
    p99: round(p99),
    ratio: base === undefined ? null : round(median(times) / median(base.times)),
    calls,
    compared,
    loadMs: round(median(loads)),
    coldMs: round(median(colds)),
    memoryMb: round(memoryMb),
  };
}

const round = (value: number): number => Number(value.toPrecision(4));
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
