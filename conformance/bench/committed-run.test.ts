// The README's table, the chart and the report are what the committed run gives, and goals are told truly.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BenchRow } from "./bench-report.ts";
import { chartOf } from "./chart.ts";
import { BENCH_ENGINES } from "./engine-registry.ts";
import { goalsOf } from "./goals.ts";
import { reportText, summaryOf, withTable } from "./tables.ts";
import { readReport, RESULTS } from "./write-report.ts";

const results = (name: string): string => readFileSync(join(RESULTS, name), "utf8");
const report = readReport();

const row = (engine: string, rules: number, ns: number, more: Partial<BenchRow> = {}): BenchRow => ({
  engine,
  label: engine,
  rules,
  requests: "spread",
  ns,
  low: ns,
  high: ns,
  p99: ns,
  ratio: 1,
  calls: 1,
  compared: 1,
  loadMs: 1,
  coldMs: 1,
  memoryMb: 1,
  ...more,
});

describe("the committed run", () => {
  it("is what README, chart and report show", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    expect(readme).toBe(withTable(readme, report));
    expect(readme).toContain(summaryOf(report));
    expect(results("bench.svg")).toBe(chartOf(report));
    expect(results("report.md")).toBe(reportText(report));
  });

  it("holds every engine, or says that it was left out", () => {
    for (const { id } of BENCH_ENGINES) {
      const known = report.rows.some(({ engine }) => engine === id);
      expect(known || report.leftOut.some((each) => each.startsWith(id)), id).toBe(true);
    }
    expect(report.repetitions).toBeGreaterThanOrEqual(5);
  });

  it("compared the answers of every engine that decides", () => {
    const mute = new Set(BENCH_ENGINES.filter((each) => each.mute === true).map(({ id }) => id));
    for (const { engine, compared } of report.rows)
      if (!mute.has(engine)) expect(compared).toBeGreaterThan(0);
  });
});

describe("goals", () => {
  const of = (rows: readonly BenchRow[], what: string) =>
    goalsOf({ ...report, rows, timings: [] }).find((goal) => goal.what.startsWith(what));

  it("are met or missed by the figure, and neither when it was not measured", () => {
    const growth = "growth from 10";
    const fixed = { requests: "fixed" } as const;
    const grown = (ns: number) => of([row("aegis", 10, 100, fixed), row("aegis", 10_000, ns, fixed)], growth);
    expect(grown(150)).toMatchObject({ figure: "1.50×", met: true });
    expect(grown(151)).toMatchObject({ met: false });
    expect(of([], growth)).toMatchObject({ figure: null, met: null });
  });

  it("take the faster one of OPA's two ways", () => {
    const rows = [row("aegis", 10, 10), row("opa-wasm", 10, 900), row("opa-wasm-data", 10, 390)];
    expect(of(rows, "faster than OPA's WASM")).toMatchObject({ figure: "39×", met: false });
  });

  it("are told against times from nearly the same moment only where both are there", () => {
    const what = "from JSON bytes";
    expect(of([row("aegis-text", 10, 90)], what)).toMatchObject({ met: null });
    expect(of([row("aegis-text", 10, 90), row("json-parse", 10, 100)], what)).toMatchObject({ met: true });
  });
});

it("the table needs its place", () => {
  expect(() => withTable("no place", report)).toThrow("no place for the table");
});
