// Times one policy on the engines that production may run: what `aegisc bench` tells its author.
import { createNativeEngine, type IrProgram } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { EngineResources } from "../engines/engine.ts";
import { BENCHED_ENGINES, type BenchedEngine } from "./bench-engines.ts";
import { reachingRules } from "./bench-requests.ts";
import type { EngineTimes, PolicyBenchReport } from "./policy-bench-report.ts";
import { countTries, ruleCosts } from "./rule-costs.ts";
import { timeInTurns, type Timed, type TimingOptions } from "./time-in-turns.ts";

export interface PolicyBenchOptions extends TimingOptions {
  /** Ids of `BENCHED_ENGINES`. */
  readonly engines: readonly string[];
  readonly resources: EngineResources;
}

type Line = Pick<EngineTimes, "engine" | "input" | "loadMs" | "size"> & { readonly timed: Timed };

const encoder = new TextEncoder();

/** Null when no request reaches the rules. */
export async function benchPolicy(
  program: IrProgram,
  requests: readonly string[],
  { engines, resources, ...timing }: PolicyBenchOptions,
): Promise<PolicyBenchReport | null> {
  const { texts, refused } = reachingRules(program, requests);
  const [first] = texts;
  if (first === undefined) return null;

  const lines: Line[] = [];
  const leftOut: { engine: string; reason: string }[] = [];
  for (const [id, load] of BENCHED_ENGINES) {
    if (!engines.includes(id)) continue;
    try {
      lines.push(...linesOf(id, await load(program, resources, first), texts));
    } catch (error) {
      leftOut.push({ engine: id, reason: error instanceof Error ? error.message : "unknown" });
    }
  }
  const parse: Timed = { count: texts.length, run: (index) => JSON.parse(texts[index] ?? "") as unknown };
  const [jsonParse, ...times] = timeInTurns([parse, ...lines.map(({ timed }) => timed)], timing);
  const { lookedAt, tries } = countTries(program, texts);
  return {
    rules: program.rules.length,
    actions: program.actions.length,
    requests: {
      count: texts.length,
      refused,
      bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length,
    },
    decisions: decisionsOf(program, texts),
    engines: lines.flatMap(({ engine, input, loadMs, size }, index) => {
      const own = times[index];
      return own === undefined ? [] : [{ engine, input, loadMs, size, ...own }];
    }),
    leftOut,
    jsonParse: jsonParse ?? { ns: 0, low: 0, high: 0, p99: 0 },
    lookedAt,
    hotSpots: ruleCosts(program, tries, texts, timing),
  };
}

/** Engines of this runtime are asked in two ways. */
function linesOf(
  id: string,
  { engine, native, loadMs, size }: BenchedEngine,
  texts: readonly string[],
): Line[] {
  const bytes = texts.map((text) => encoder.encode(text));
  const count = texts.length;
  const empty = new Uint8Array();
  const fromBytes = { count, run: (index: number) => engine.decideText(bytes[index] ?? empty) };
  if (native === null) return [{ engine: id, input: "bytes", loadMs, size, timed: fromBytes }];
  const calls = texts.flatMap((text) => {
    const call = native.validate(JSON.parse(text));
    return "locals" in call ? [call] : [];
  });
  const [any] = calls;
  if (any === undefined) return [];
  const fromObject = {
    count: calls.length,
    run: (index: number) => native.decideValid(calls[index] ?? any),
  };
  return [
    { engine: id, input: "object", loadMs, size, timed: fromObject },
    { engine: id, input: "bytes", loadMs: null, size, timed: fromBytes },
  ];
}

function decisionsOf(program: IrProgram, texts: readonly string[]): PolicyBenchReport["decisions"] {
  const engine = createNativeEngine(program, platform);
  const counts = new Map<string, number>();
  for (const text of texts) {
    const { decision } = engine.decideText(text);
    counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  return [...counts]
    .map(([decision, count]) => ({ decision, count }))
    .sort((one, other) => other.count - one.count);
}
