// The benchmark: every engine in its own process, answers compared first, repetitions interleaved. `npm run bench`.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import type { BenchReport, BenchRow } from "./bench-report.ts";
import { BENCH_ENGINES } from "./engine-registry.ts";
import { goalsOf } from "./goals.ts";
import { measure } from "./measure.ts";
import { installPeers, opaProgram, versionsOfPeers } from "./peers-installed.ts";
import { Stage } from "./process/prepare.ts";
import { printTime } from "./print-time.ts";
import { timeAll } from "./timings/timings.ts";
import { SIZES } from "./workload/rule-set.ts";
import { generatedWorkload, recordedWorkload, type Workload } from "./workload/workloads.ts";
import { readReport, RESULTS, writeReadme, writeReport } from "./write-report.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    engines: { type: "string" },
    sizes: { type: "string" },
    workloads: { type: "string", default: "spread,fixed,recorded,timings" },
    repetitions: { type: "string", default: "5" },
    out: { type: "string" },
    render: { type: "boolean", default: false },
  },
});
if (options.render) {
  // Nothing is measured: the committed run is told anew, after the tables or the chart have changed.
  await writeReport(RESULTS, readReport());
  writeReadme(readReport());
  process.exit(0);
}
const repetitions = Number(options.repetitions);
const sizes = options.sizes?.split(",").map(Number) ?? [...SIZES];
const parts = new Set(options.workloads.split(","));
const chosen = BENCH_ENGINES.filter(
  ({ id, quick }) =>
    (options.engines === undefined || options.engines.split(",").includes(id)) &&
    (!options.quick || quick === true),
);

const leftOut: string[] = [];
const tellLeftOut = (what: string): void => {
  leftOut.push(what);
  console.error(`left out: ${what}`);
};
const problem = chosen.some(({ module }) => module.startsWith("peers/")) ? installPeers() : null;
if (problem !== null) tellLeftOut(problem);
const opa = opaProgram();
if (opa !== null) process.env["AEGIS_OPA"] = opa;

const started = performance.now();
const stage = new Stage();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    stage.remove();
    process.exit(1);
  });
const rows: BenchRow[] = [];
try {
  await stage.bundle(chosen);
  if (parts.has("spread")) for (const size of sizes) await run([generatedWorkload("spread", size)]);
  // Growth is told by sizes against each other: they take turns.
  if (parts.has("fixed")) await run(sizes.map((size) => generatedWorkload("fixed", size)));
  const recorded = recordedWorkload();
  if (parts.has("recorded") && recorded !== null) await run([recorded]);
  if (recorded === null) tellLeftOut("calls of recorded agents: the recordings are not at hand (AEGIS_DATA)");
  const timings = parts.has("timings") ? await timeAll(stage, sizes, { leftOut: tellLeftOut }) : [];
  await finish({
    version: 1,
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    machine: `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    repetitions,
    versions: versionsOfPeers(),
    rows,
    timings,
    leftOut,
  });
} finally {
  stage.remove();
}

async function run(workloads: readonly Workload[]): Promise<void> {
  const subjects = workloads.flatMap((workload) =>
    chosen
      .filter(({ id, growth }) => workload.kind !== "fixed" || growth === true || id === "hand")
      // These ten rules are typed in: of no use for others.
      .filter(({ max }) => workload.rules.length <= max)
      .map((entry) => ({ entry, workload })),
  );
  for (const row of await measure(stage, subjects, { repetitions, leftOut: tellLeftOut })) {
    rows.push(row);
    const place = `${row.requests} ${String(row.rules)}`.padEnd(14);
    const ratio = row.ratio === null ? "" : `${String(row.ratio)}×`;
    console.log(`${place} ${row.engine.padEnd(18)} ${printTime(row.ns).padStart(9)}  ${ratio}`);
  }
}

/** The whole run goes where the README's table comes from; a part of it goes elsewhere, and only when it is told where. */
async function finish(report: BenchReport): Promise<void> {
  for (const { what, goal, figure, met } of goalsOf(report))
    if (figure !== null) console.log(`${met === true ? "met   " : "MISSED"} ${what}: ${figure} (${goal})`);
  console.log(`${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
  const whole = options.engines === undefined && options.sizes === undefined && !options.quick;
  const out = options.out ?? (whole ? RESULTS : null);
  if (out === null) return console.log("a part of a run: nothing was written; --out FOLDER writes it");
  await writeReport(out, report);
  if (out === RESULTS) writeReadme(report);
}
