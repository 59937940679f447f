// The record of a run: what the table, the chart and readers of the JSON are made from.

export interface BenchRow {
  readonly engine: string;
  readonly label: string;
  readonly rules: number;
  /** `fixed`: the ten rules' requests whatever the size. `spread`: over all rules. */
  readonly requests: "fixed" | "spread";
  /** Nanoseconds of a decision: the median over the repetitions, the least and the most. */
  readonly ns: number;
  readonly low: number;
  readonly high: number;
  /** Of decisions timed one by one, the clock's own time included. */
  readonly p99: number;
  /** To the hand-written interpreter in the same run. */
  readonly ratio: number;
  /** From the built policy to the first decision. */
  readonly loadMs: number;
  /** From the start of the process until it has answered a thousand requests, building the policy included. */
  readonly coldMs: number;
  readonly memoryMb: number;
}

export interface BenchReport {
  readonly date: string;
  readonly node: string;
  readonly machine: string;
  readonly repetitions: number;
  readonly rows: readonly BenchRow[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const MARKER = /<!-- bench -->[\s\S]*<!-- \/bench -->/;

/** The text with the table of the report between its two markers; as it was where there are none. */
export const withTable = (text: string, report: BenchReport): string =>
  text.replace(MARKER, () => `<!-- bench -->\n${tableOf(report)}\n<!-- /bench -->`);

/** Markdown: an engine a line, a size a column, ratios to the hand-written interpreter. */
export function tableOf({ rows, date, node, machine, repetitions }: BenchReport): string {
  const spread = rows.filter(({ requests }) => requests === "spread");
  const sizes = [...new Set(spread.map(({ rules }) => rules))].sort((left, right) => left - right);
  const engines = new Map(spread.map(({ engine, label }) => [engine, label]));
  const lines = [...engines].map(([engine, label]) => {
    const cells = sizes.map((size) => {
      const row = spread.find((each) => each.engine === engine && each.rules === size);
      return row === undefined ? "" : `${printRatio(row.ratio)} (${printTime(row.ns)})`;
    });
    return `| ${label} | ${cells.join(" | ")} |`;
  });
  return [
    `Times the hand-written interpreter (median of a decision), requests spread over all rules. ${date}, Node ${node.slice(1)}, ${machine}, ${repetitions} repetitions.`,
    "",
    `| engine | ${sizes.map((size) => `${size.toLocaleString("en")} rules`).join(" | ")} |`,
    `|---|${sizes.map(() => "---:|").join("")}`,
    ...lines,
  ].join("\n");
}

const printRatio = (ratio: number): string =>
  `${ratio >= 10 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2)}×`;

export function printTime(ns: number): string {
  if (ns < 1_000) return `${Math.round(ns)} ns`;
  return ns < 1_000_000 ? `${(ns / 1_000).toPrecision(3)} µs` : `${(ns / 1_000_000).toPrecision(3)} ms`;
}
