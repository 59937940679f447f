// npm run conform: random policies and requests on all engines, in pieces that can be taken up again.
//
//   npm run conform -- --cases 1000000 [--engines a,b] [--requests 200] [--summary FILE]
//
// `--cases` counts (policy, request) pairs, those of earlier runs in the summary file included.
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildJsRuntime } from "./build-js-runtime.ts";
import { engines as registry } from "../conformance/src/engines/engine-registry.ts";
import type { ConformanceEngine } from "../conformance/src/engines/engine.ts";
import { runChunk, type Chunk } from "../conformance/src/long-run/run-chunk.ts";
import { readSummary, writeSummary } from "../conformance/src/long-run/summary.ts";
import { addTallies, type Tally } from "../conformance/src/long-run/tally.ts";

/** Programs in a piece: each piece has a process of its own, as modules once imported are never freed. */
const PROGRAMS = 25;

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    engines: { type: "string" },
    requests: { type: "string", default: "200" },
    summary: { type: "string" },
    chunk: { type: "string" },
    runtime: { type: "string" },
  },
});

const chosen: readonly ConformanceEngine[] = [...registry.values()].filter(
  ({ id, runs, missing }, at) =>
    at === 0 ||
    (options.engines === undefined
      ? runs === "process" && missing() === null
      : options.engines.split(",").includes(id)),
);

if (options.chunk === undefined) await runAll();
else await runPiece(JSON.parse(options.chunk) as Chunk);

async function runPiece(chunk: Chunk): Promise<void> {
  const runtime = readFileSync(options.runtime ?? "", "utf8");
  const tally = await runChunk(chunk, chosen, { prebuilt: () => runtime });
  process.send?.(tally, () => process.disconnect());
}

async function runAll(): Promise<void> {
  const file =
    options.summary ?? fileURLToPath(new URL("../conformance/results/in-process.json", import.meta.url));
  const ids = chosen.map(({ id }) => id);
  const requests = Number(options.requests);
  let summary = readSummary(file, ids, requests);
  const folder = mkdtempSync(join(tmpdir(), "aegis-conform-"));
  const runtime = join(folder, "js-runtime.txt");
  writeFileSync(runtime, await buildJsRuntime());
  while (summary.tally.pairs < Number(options.cases)) {
    const began = Date.now();
    const chunk: Chunk = { first: summary.next, programs: PROGRAMS, requests };
    const tally = addTallies(summary.tally, await inChild(chunk, runtime));
    const seconds = summary.seconds + (Date.now() - began) / 1000;
    summary = { ...summary, next: chunk.first + PROGRAMS, engines: ids, seconds: Math.round(seconds), tally };
    writeSummary(file, summary);
    const found = tally.divergences.length;
    console.log(`${String(tally.pairs)} pairs, ${String(found)} disagreements, ${seconds.toFixed(0)} s`);
  }
  rmSync(folder, { recursive: true });
  console.log(JSON.stringify(summary.tally.decisions));
  for (const report of summary.tally.divergences) console.error(report);
  if (summary.tally.divergences.length > 0) process.exitCode = 1;
}

function inChild(chunk: Chunk, runtime: string): Promise<Tally> {
  const given = process.argv.slice(2);
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [
      ...given,
      "--runtime",
      runtime,
      "--chunk",
      JSON.stringify(chunk),
    ]);
    let tally: Tally | undefined;
    child.on("message", (message) => (tally = message as Tally));
    child.on("error", reject);
    child.on("exit", (code) =>
      tally === undefined ? reject(new Error(`a piece ended with ${String(code)}`)) : resolve(tally),
    );
  });
}
