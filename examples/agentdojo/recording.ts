// Reads AgentDojo's recorded runs, and of each call only what a host could have known.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JsonObject } from "@aegis/runtime/core";

export const SUITES = ["banking", "slack", "travel", "workspace"] as const;
export type Suite = (typeof SUITES)[number];

/** A call as a host sees it. The recording's labels about injections, attacks and utility are dropped here, on reading. */
export interface RecordedCall {
  readonly step: number;
  readonly tool: string;
  readonly args: JsonObject;
  readonly failed: boolean;
  /** The whole text that the tool returned. */
  readonly result: string;
}

export interface RecordedRun {
  readonly trace: string;
  readonly suite: Suite;
  /** What the user wrote. */
  readonly prompt: string;
  /** In the order of their steps. */
  readonly calls: readonly RecordedCall[];
}

/** The recordings' folder: AEGIS_DATA, or `../shared/data` beside the repository; null where there is none. */
export function dataFolder(): string | null {
  const root = process.env["AEGIS_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");
  const folder = join(root, "agentdojo");
  return existsSync(join(folder, "calls.jsonl.gz")) ? folder : null;
}

/** Text of the file that holds the four suites' tool definitions. */
export const manifestText = (folder: string): string => readFileSync(join(folder, "tools.json"), "utf8");

interface RawCall {
  readonly trace_id: string;
  readonly suite: Suite;
  readonly user_task: string;
  readonly step: number;
  readonly tool: string;
  readonly args: JsonObject;
  readonly error: string | null;
  readonly result_sha: string;
}

export function readRuns(folder: string): readonly RecordedRun[] {
  const prompts = promptsOf(folder);
  const results = new Map(
    lines<{ sha: string; text: string }>(folder, "results.jsonl.gz").map(({ sha, text }) => [sha, text]),
  );
  const runs = new Map<string, { suite: Suite; prompt: string; calls: RecordedCall[] }>();
  for (const raw of lines<RawCall>(folder, "calls.jsonl.gz")) {
    const { trace_id, suite, user_task, step, tool, args, error, result_sha } = raw;
    const run = runs.get(trace_id) ?? {
      suite,
      prompt: prompts.get(`${suite}/${user_task}`) ?? "",
      calls: [],
    };
    run.calls.push({ step, tool, args, failed: error !== null, result: results.get(result_sha) ?? "" });
    runs.set(trace_id, run);
  }
  return [...runs].map(([trace, run]) => ({
    trace,
    ...run,
    calls: run.calls.sort((a, b) => a.step - b.step),
  }));
}

function promptsOf(folder: string): ReadonlyMap<string, string> {
  const tasks = JSON.parse(readFileSync(join(folder, "user_tasks.json"), "utf8")) as Record<
    string,
    readonly { readonly id: string; readonly prompt: string }[]
  >;
  return new Map(
    Object.entries(tasks).flatMap(([suite, all]) =>
      all.map(({ id, prompt }) => [`${suite}/${id}`, prompt] as const),
    ),
  );
}

const lines = <T>(folder: string, name: string): T[] =>
  gunzipSync(readFileSync(join(folder, name)))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
