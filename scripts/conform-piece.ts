// The process of one piece of `npm run conform`: takes a piece as its argument, sends back what it counted.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { engines as registry } from "../conformance/src/engines/engine-registry.ts";
import { runChunk, type Chunk } from "../conformance/src/long-run/run-chunk.ts";

export interface Piece {
  readonly chunk: Chunk;
  /** The reference first. */
  readonly engines: readonly string[];
  /** File of the prebuilt runtime of JavaScript modules. */
  readonly runtime: string;
}

const { chunk, engines, runtime } = JSON.parse(process.argv[2] ?? "") as Piece;
const text = readFileSync(runtime, "utf8");
let loads = 0;

/**
 * The first module holds the runtime as shipped ones do. The others find the same script's `AegisRuntime` in this
 * process: reading 200 KB anew for each policy would take longer than all its decisions.
 */
function prebuilt(): string {
  loads += 1;
  if (loads === 1) {
    runInThisContext(text);
    return text;
  }
  return "";
}

const tally = await runChunk(
  chunk,
  engines.flatMap((id) => registry.get(id) ?? []),
  { prebuilt },
);
process.send?.(tally, () => process.disconnect());
