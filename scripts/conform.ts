// npm run conform: random policies and requests on all engines, in pieces that can be taken up again.
//
//   npm run conform -- --cases 1000000 [--engines a,b] [--requests 400] [--shards 2] [--programs 100] [--summary FILE]
//
// `--cases` counts (policy, request) pairs, those of earlier runs in the summary file included. `--first` is the number of
// the first case of a new summary. A piece has a process of its own: modules once imported are never freed.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildJsRuntime } from "./build-js-runtime.ts";
import type { Piece } from "./conform-piece.ts";
import { writeFormatted } from "./write-formatted.ts";
import { engines as registry } from "../conformance/src/engines/engine-registry.ts";
import type { Chunk } from "../conformance/src/long-run/run-chunk.ts";
import { shortfalls } from "../conformance/src/long-run/shortfalls.ts";
import { newSummary, readSummary } from "../conformance/src/long-run/summary.ts";
import { addTallies, type Tally } from "../conformance/src/long-run/tally.ts";

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    engines: { type: "string" },
    first: { type: "string", default: "1" },
    programs: { type: "string", default: "100" },
    requests: { type: "string", default: "400" },
    shards: { type: "string", default: "1" },
    summary: { type: "string" },
  },
});
const file =
  options.summary ?? fileURLToPath(new URL("../conformance/results/in-process.json", import.meta.url));
const programs = Number(options.programs);
const requests = Number(options.requests);

/** The reference first; without `--engines` all that run in this process. */
const engines = [...registry.values()]
  .filter(({ id, runs, missing }, at) =>
    at === 0 || options.engines === undefined
      ? runs === "process" && missing() === null
      : options.engines.split(",").includes(id),
  )
  .map(({ id }) => id);

const folder = mkdtempSync(join(tmpdir(), "aegis-conform-"));
try {
  await runAll(await buildPiece());
} finally {
  rmSync(folder, { recursive: true });
}

async function runAll(script: string): Promise<void> {
  const runtime = join(folder, "js-runtime.txt");
  writeFileSync(runtime, await buildJsRuntime());
  let summary = readSummary(file) ?? newSummary(Number(options.first), engines, requests);
  while (summary.tally.pairs < Number(options.cases)) {
    const began = Date.now();
    const chunks = Array.from({ length: Number(options.shards) }, (_, shard): Chunk => {
      return { first: summary.next + shard * programs, programs, requests };
    });
    const tallies = await Promise.all(chunks.map((chunk) => inChild(script, { chunk, engines, runtime })));
    summary = {
      ...summary,
      next: summary.next + chunks.length * programs,
      engines,
      seconds: Math.round((summary.seconds + (Date.now() - began) / 1000) * 10) / 10,
      tally: tallies.reduce(addTallies, summary.tally),
    };
    await writeFormatted(file, summary);
    const { pairs, divergences } = summary.tally;
    const found = divergences.length;
    console.log(`${String(pairs)} pairs, ${String(found)} disagreements, ${summary.seconds.toFixed(0)} s`);
  }
  console.log(JSON.stringify(summary.tally.decisions));
  for (const told of shortfalls(summary.tally)) console.log(told);
  for (const report of summary.tally.divergences) console.error(report);
  if (summary.tally.divergences.length > 0) process.exitCode = 1;
}

/** One script for all pieces, so that none of them translates the sources anew. */
async function buildPiece(): Promise<string> {
  const outfile = join(folder, "piece.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("conform-piece.ts", import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@aegis/source"],
    logLevel: "warning",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}

function inChild(script: string, piece: Piece): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [JSON.stringify(piece)], { execArgv: [] });
    let tally: Tally | undefined;
    child.on("message", (message) => (tally = message as Tally));
    child.on("error", reject);
    child.on("exit", (code) =>
      tally === undefined ? reject(new Error(`a piece ended with ${String(code)}`)) : resolve(tally),
    );
  });
}
