// Where a run is kept: the JSON, what is made from it, and the README's table.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import type { BenchReport } from "./bench-report.ts";
import { chartOf } from "./chart.ts";
import { reportText, withTable } from "./tables.ts";

/** The committed run. */
export const RESULTS = join(import.meta.dirname, "results");
const README = join(import.meta.dirname, "../../README.md");

export const readReport = (): BenchReport =>
  JSON.parse(readFileSync(join(RESULTS, "bench.json"), "utf8")) as BenchReport;

export async function writeReport(folder: string, report: BenchReport): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // As the formatter of the project would have it.
  const json = await prettier.format(JSON.stringify(report), { parser: "json", printWidth: 110 });
  writeFileSync(join(folder, "bench.json"), json);
  writeFileSync(join(folder, "bench.svg"), chartOf(report));
  writeFileSync(join(folder, "report.md"), reportText(report));
}

export const writeReadme = (report: BenchReport): void =>
  writeFileSync(README, withTable(readFileSync(README, "utf8"), report));
