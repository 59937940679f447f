// The report as text: tables in Markdown for the README and for the report of a run.
import { rowsOf, sizesOf, type BenchReport, type BenchRow } from "./bench-report.ts";
import { goalsOf, type GoalFigure } from "./goals.ts";
import { printTime } from "./print-time.ts";

const MARKER = /<!-- bench -->[\s\S]*<!-- \/bench -->/;

/** The text with the summary of the report between its two markers. Throws where there are none. */
export function withTable(text: string, report: BenchReport): string {
  if (!MARKER.test(text))
    throw new Error("there is no place for the table: <!-- bench --> … <!-- /bench -->");
  return text.replace(MARKER, () => `<!-- bench -->\n${summaryOf(report)}\n<!-- /bench -->`);
}

/** An engine a line, a size a column, ratios to the hand-written interpreter. */
export const summaryOf = (report: BenchReport): string =>
  `${ratioTable(rowsOf(report, "spread"))}\n\n${originOf(report)}`;

const originOf = ({ date, node, machine, repetitions }: BenchReport): string =>
  `Times the hand-written interpreter, in brackets the median of a decision; requests spread over all rules. ${date}, Node ${node.slice(1)}, ${machine}, ${String(repetitions)} repetitions.`;

/** Everything that a run found. */
export function reportText(report: BenchReport): string {
  const spread = rowsOf(report, "spread");
  const parts = [
    "# The last run of the benchmark",
    "Made by `npm run bench`; how to read it: [docs/performance.md](../../../docs/performance.md).",
    originOf(report),
    "## Goals",
    goalTable(goalsOf(report)),
    "## Requests spread over all rules",
    ratioTable(spread),
    "## The same requests while the added rules belong to other tools",
    ratioTable(rowsOf(report, "fixed")),
    "## Calls of recorded agents",
    ratioTable(rowsOf(report, "recorded")),
    ...sizesOf(spread).flatMap((size) => [
      `## Beside the median, ${size.toLocaleString("en")} rules`,
      detailTable(spread.filter(({ rules }) => rules === size)),
    ]),
    "## Compiling, loading, checking",
    timingTable(report),
    "## Versions",
    Object.entries(report.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    ...(report.leftOut.length === 0
      ? []
      : ["## Left out", report.leftOut.map((each) => `- ${each}`).join("\n")]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function ratioTable(rows: readonly BenchRow[]): string {
  if (rows.length === 0) return "Not measured in this run.";
  const sizes = sizesOf(rows);
  const engines = new Map(rows.map(({ engine, label }) => [engine, label]));
  const lines = [...engines].map(([engine, label]) => [
    label,
    ...sizes.map((size) => {
      const row = rows.find((each) => each.engine === engine && each.rules === size);
      return row === undefined ? "" : `${printRatio(row.ratio)} (${printTime(row.ns)})`;
    }),
  ]);
  return table(["engine", ...sizes.map((size) => `${size.toLocaleString("en")} rules`)], lines);
}

const detailTable = (rows: readonly BenchRow[]): string =>
  table(
    ["engine", "least to most", "p99", "load", "cold start", "memory", "compared"],
    rows.map(({ label, low, high, p99, loadMs, coldMs, memoryMb, compared }) => [
      label,
      `${printTime(low)} to ${printTime(high)}`,
      printTime(p99),
      printMs(loadMs),
      printMs(coldMs),
      `${String(Math.round(memoryMb))} MB`,
      compared.toLocaleString("en"),
    ]),
  );

const timingTable = ({ timings }: BenchReport): string =>
  table(
    ["what", "median", "least to most"],
    timings.map(({ label, ms, low, high }) => [label, printMs(ms), `${printMs(low)} to ${printMs(high)}`]),
  );

const goalTable = (goals: readonly GoalFigure[]): string =>
  table(
    ["what", "goal", "figure", ""],
    goals.map(({ what, goal, figure, met }) => [
      what,
      goal,
      figure ?? "not measured",
      met === null ? "" : met ? "met" : "missed",
    ]),
  );

/** The first column to the left, the others to the right. */
const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(" | ")} |`,
    `|---|${head
      .slice(1)
      .map(() => "---:|")
      .join("")}`,
    ...lines.map((line) => `| ${line.join(" | ")} |`),
  ].join("\n");

const printRatio = (ratio: number | null): string => {
  if (ratio === null) return "";
  return `${ratio >= 10 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2)}×`;
};

const printMs = (ms: number): string =>
  `${ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString("en")} ms`;
