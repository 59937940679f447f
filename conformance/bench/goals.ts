// The goals of the benchmark, each with the figure of a run: met, missed, or not measured in it.
import { rowsOf, type BenchReport } from "./bench-report.ts";
import type { RequestKind } from "./workload/workloads.ts";

export interface GoalFigure {
  readonly what: string;
  /** Such as `at most 0.8×`. */
  readonly goal: string;
  /** As the goal is told; null: not measured. */
  readonly figure: string | null;
  readonly met: boolean | null;
}

export function goalsOf(report: BenchReport): readonly GoalFigure[] {
  return [
    ...[10, 100, 1_000].flatMap((size) => againstLimit(report, size)),
    ...[10, 100, 1_000].map((size) => againstOpaWasm(report, size, size === 1_000 ? 37 : 40)),
    ...[10, 100].map((size) => againstPeer(report, "cedar", size, 400)),
    ...[10, 100, 1_000].map((size) => againstPeer(report, "cerbos", size, size === 1_000 ? 2_000 : 3_000)),
    growth(report),
    ...[10, 100, 1_000].map((size) => fromBytes(report, size)),
    timing(report, ["load"], "load of a 1,000-rule bundle, verified, to first decision, new process", 30),
    timing(report, ["load-warm"], "the same, all checked before, process that has loaded ten others", 30),
    ...[1_000, 10_000].flatMap((size) => compiling(report, size, size === 1_000 ? 700 : 4_000)),
    jsPerRule(report),
    timing(report, ["check"], "`aegisc check` of an example, cold", 200),
  ];
}

const rules = (size: number): string => `${size.toLocaleString("en")} rules`;

const nsOf = (report: BenchReport, engine: string, size: number, kind: RequestKind): number | undefined =>
  rowsOf(report, kind).find((row) => row.engine === engine && row.rules === size)?.ns;

const msOf = ({ timings }: BenchReport, id: string): number | undefined =>
  timings.find((each) => each.id === id)?.ms;

/** `undefined` where one of the two was not measured. */
const divided = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;

function atMost(what: string, figure: number | undefined, most: number): GoalFigure {
  const met = figure === undefined ? null : figure <= most;
  return { what, goal: `at most ${most.toString()}×`, figure: printed(figure, 2), met };
}

function atLeast(what: string, figure: number | undefined, least: number): GoalFigure {
  const met = figure === undefined ? null : figure >= least;
  return { what, goal: `at least ${least.toLocaleString("en")}×`, figure: printed(figure, 0), met };
}

const printed = (figure: number | undefined, digits: number): string | null =>
  figure === undefined
    ? null
    : `${figure.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })}×`;

const againstLimit = (report: BenchReport, size: number): readonly GoalFigure[] =>
  (["spread", "fixed"] as const).map((kind) =>
    atMost(
      `validated object in, to the hand-written interpreter, ${rules(size)}, ${kind}`,
      divided(nsOf(report, "aegis", size, kind), nsOf(report, "hand", size, kind)),
      0.8,
    ),
  );

function againstOpaWasm(report: BenchReport, size: number, least: number): GoalFigure {
  const times = ["opa-wasm", "opa-wasm-data"]
    .map((engine) => nsOf(report, engine, size, "spread"))
    .filter((ns) => ns !== undefined);
  const faster = times.length === 0 ? undefined : Math.min(...times);
  const figure = divided(faster, nsOf(report, "aegis", size, "spread"));
  return atLeast(`faster than OPA's WASM (the faster of code and data), ${rules(size)}`, figure, least);
}

const PEERS: Readonly<Record<"cedar" | "cerbos", string>> = {
  cedar: "cedar-wasm",
  cerbos: "Cerbos by gRPC with outputs",
};

const againstPeer = (
  report: BenchReport,
  peer: "cedar" | "cerbos",
  size: number,
  least: number,
): GoalFigure =>
  atLeast(
    `faster than ${PEERS[peer]}, ${rules(size)}`,
    divided(nsOf(report, peer, size, "spread"), nsOf(report, "aegis", size, "spread")),
    least,
  );

const growth = (report: BenchReport): GoalFigure =>
  atMost(
    "growth from 10 to 10,000 rules, the same requests",
    divided(nsOf(report, "aegis", 10_000, "fixed"), nsOf(report, "aegis", 10, "fixed")),
    1.5,
  );

const fromBytes = (report: BenchReport, size: number): GoalFigure =>
  atMost(
    `from JSON bytes, to \`JSON.parse\` alone, ${rules(size)}`,
    divided(nsOf(report, "aegis-text", size, "spread"), nsOf(report, "json-parse", size, "spread")),
    1,
  );

/** As it ships, with the JavaScript module, which is built by itself; and by a program that has no compiled code. */
const compiling = (report: BenchReport, size: number, mostMs: number): readonly GoalFigure[] => [
  timing(
    report,
    [`build-${String(size)}`, `compile-js-${String(size)}`],
    `\`aegisc build\` of ${rules(size)}, and the JavaScript module, cold`,
    mostMs,
  ),
  timing(
    report,
    [`compile-${String(size)}`],
    `compile ${rules(size)} to all targets, cold, no compiled code kept`,
    mostMs,
  ),
];

/** The sum of those timings. */
function timing(report: BenchReport, ids: readonly string[], what: string, mostMs: number): GoalFigure {
  const ms = ids
    .map((id) => msOf(report, id))
    .reduce((sum, each) => (sum === undefined || each === undefined ? undefined : sum + each), 0);
  const figure = ms === undefined ? null : `${ms.toLocaleString("en", { maximumFractionDigits: 1 })} ms`;
  return {
    what,
    goal: `under ${mostMs.toLocaleString("en")} ms`,
    figure,
    met: ms === undefined ? null : ms < mostMs,
  };
}

/** What of a time a rule takes may differ by noise. */
const NOISE = 1.1;

function jsPerRule(report: BenchReport): GoalFigure {
  const large = divided(msOf(report, "compile-work-10000"), 10_000);
  const figure = divided(large, divided(msOf(report, "compile-work-1000"), 1_000));
  return atMost("compile time of a rule, 10,000 rules to 1,000", figure, NOISE);
}
