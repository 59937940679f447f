// Random edits of open documents: the server's features must survive each, and what is told at rest is what a fresh analysis says.
// The last whole run stands in lsp/results/fuzz.json.
// usage: npm run fuzz:lsp [-- EDITS [SEED]]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { fuzzLanguageServer, newTally } from "../lsp/src/testing/fuzz.ts";

/** Edits of one seed: the texts begin anew with the next, so that a failure is repeated quickly. */
const EDITS_PER_SEED = 1000;
const WHOLE_RUN = 50_000;

const edits = Number(process.argv[2] ?? WHOLE_RUN);
const firstSeed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`${String(edits)} edits, seeds from ${String(firstSeed)}, ${String(EDITS_PER_SEED)} edits each`);
const began = performance.now();
const tally = newTally();
for (let seed = firstSeed; tally.edits < edits; seed += 1) {
  await fuzzLanguageServer(Math.min(EDITS_PER_SEED, edits - tally.edits), seed, tally);
  if (tally.edits % 5000 === 0) console.log(`${String(tally.edits)} edits, last seed ${String(seed)}`);
}
const seconds = Math.round((performance.now() - began) / 1000);
console.log(
  `survived ${String(tally.edits)} edits in ${String(seconds)} s; ${String(tally.compared)} times compared with a fresh analysis`,
);
if (edits >= WHOLE_RUN) {
  const folder = join(import.meta.dirname, "../lsp/results");
  mkdirSync(folder, { recursive: true });
  const result = { version: 1, firstSeed, editsPerSeed: EDITS_PER_SEED, seconds, tally, failures: 0 };
  writeFileSync(
    join(folder, "fuzz.json"),
    await format(JSON.stringify(result), { parser: "json", printWidth: 110 }),
  );
}
