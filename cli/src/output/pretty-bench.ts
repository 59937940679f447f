// What `aegisc bench` found, for people at a terminal; in a narrow one columns are left out, the least needed first.
import type { PolicyBenchReport, Times } from "@aegis/conformance";
import { terminalLine } from "./escape.ts";

export interface BenchedPolicy extends PolicyBenchReport {
  /** Where the requests are from. */
  readonly from: "tests" | "generated" | "input";
  /** Of the unsigned bundle that `aegisc build` makes. */
  readonly bundleBytes: number;
}

interface Column {
  readonly head: string;
  /** Columns with a lower number go first where there is no room. */
  readonly need: number;
  readonly cells: readonly string[];
}

const FROM: Readonly<Record<BenchedPolicy["from"], string>> = {
  tests: "asked by the policy's tests",
  generated: "made for the policy's tools",
  input: "from the input",
};

const ENGINES: ReadonlyMap<string, string> = new Map([
  ["native", "native"],
  ["closures", "native, no generated code"],
  ["js", "JavaScript module"],
  ["wasm", "WASM"],
]);

export function writePrettyBench(
  report: BenchedPolicy,
  { colour, columns }: { readonly colour: boolean; readonly columns: number },
): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[0m` : text);
  const { requests, decisions, lookedAt, hotSpots } = report;
  const refused = requests.refused === 0 ? "" : `, ${String(requests.refused)} refused ones left out`;
  const told = decisions.map(({ decision, count }) => `${decision} ${String(count)}`).join(", ");
  const most = lookedAt.max === 0 ? "" : ` (${terminalLine(`${lookedAt.tool}.${lookedAt.action}`)})`;
  const spots =
    hotSpots.length === 0 ? [] : ["", bold("Rules that cost most"), ...render(spotColumns(report), columns)];
  return [
    `${plural(report.rules, "rule")}, ${plural(report.actions, "action")}, bundle ${printSize(report.bundleBytes)}`,
    `${plural(requests.count, "request")} ${FROM[report.from]}${refused}; ${printNumber(requests.bytes)} bytes on average`,
    told,
    "",
    bold("Decisions"),
    ...render(engineColumns(report), columns),
    ...report.leftOut.map(({ engine, reason }) => `left out: ${engine}: ${terminalLine(reason)}`),
    "",
    `Rules looked at by a request: ${lookedAt.mean.toFixed(1)} on average, at most ${String(lookedAt.max)}${most}`,
    ...spots,
    "",
  ].join("\n");
}

function engineColumns({ engines, jsonParse }: BenchedPolicy): readonly Column[] {
  const lines: readonly (Times & {
    readonly name: string;
    readonly loadMs?: number | null;
    readonly size?: number;
  })[] = [
    ...engines.map((each) => ({
      ...each,
      name: `${ENGINES.get(each.engine) ?? each.engine}, ${each.input === "object" ? "object in" : "bytes in"}`,
    })),
    { name: "JSON.parse alone", ...jsonParse },
  ];
  const decides = (index: number): boolean => index < engines.length;
  return [
    { head: "", need: 9, cells: lines.map(({ name }) => name) },
    { head: "median", need: 9, cells: lines.map(({ ns }) => printTime(ns)) },
    {
      head: "per second",
      need: 5,
      cells: lines.map(({ ns }, index) => (decides(index) ? printNumber(1e9 / ns) : "")),
    },
    { head: "least", need: 1, cells: lines.map(({ low }) => printTime(low)) },
    { head: "most", need: 2, cells: lines.map(({ high }) => printTime(high)) },
    { head: "p99", need: 6, cells: lines.map(({ p99 }) => printTime(p99)) },
    {
      head: "to JSON.parse",
      need: 4,
      cells: lines.map(({ ns }, index) =>
        engines[index]?.input === "bytes" ? `${(ns / jsonParse.ns).toFixed(2)}×` : "",
      ),
    },
    {
      head: "load",
      need: 3,
      cells: lines.map(({ loadMs }) => (typeof loadMs === "number" ? `${loadMs.toFixed(1)} ms` : "")),
    },
    { head: "size", need: 0, cells: lines.map(({ size }) => (size === undefined ? "" : printSize(size))) },
  ];
}

const spotColumns = ({ hotSpots }: BenchedPolicy): readonly Column[] => [
  { head: "", need: 9, cells: hotSpots.map(({ rule }) => terminalLine(rule)) },
  { head: "adds", need: 8, cells: hotSpots.map(({ ns }) => printTime(ns)) },
  { head: "tried in", need: 7, cells: hotSpots.map(({ triedIn }) => percent(triedIn)) },
  { head: "matches", need: 2, cells: hotSpots.map(({ matches }) => percent(matches)) },
];

const GAP = "  ";

/** The first column to the left, the others to the right; at least two columns, however narrow. */
function render(columns: readonly Column[], width: number): readonly string[] {
  const widths = (shown: readonly Column[]): readonly number[] =>
    shown.map(({ head, cells }) => Math.max(head.length, ...cells.map((cell) => cell.length)));
  let shown = columns;
  const fits = (): boolean =>
    widths(shown).reduce((sum, each) => sum + each, 0) + GAP.length * (shown.length - 1) <= width;
  while (shown.length > 2 && !fits()) {
    const least = Math.min(...shown.map(({ need }) => need));
    shown = shown.filter(({ need }) => need !== least);
  }
  const sized = widths(shown);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(sized[0] ?? 0) : cell.padStart(sized[index] ?? 0)))
      .join(GAP)
      .trimEnd();
  const height = shown[0]?.cells.length ?? 0;
  return [
    line(shown.map(({ head }) => head)),
    ...Array.from({ length: height }, (_, row) => line(shown.map(({ cells }) => cells[row] ?? ""))),
  ];
}

const plural = (number: number, noun: string): string =>
  `${printNumber(number)} ${noun}${number === 1 ? "" : "s"}`;
const percent = (part: number): string => `${String(Math.round(part * 100))} %`;
const printNumber = (number: number): string => Math.round(number).toLocaleString("en");

function printTime(ns: number): string {
  if (ns < 999.5) return `${String(Math.round(ns))} ns`;
  return ns < 999_500 ? `${(ns / 1_000).toPrecision(3)} µs` : `${(ns / 1_000_000).toPrecision(3)} ms`;
}

const printSize = (bytes: number): string =>
  bytes < 10_000 ? `${printNumber(bytes)} B` : `${printNumber(bytes / 1024)} KB`;
