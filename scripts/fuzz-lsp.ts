// Random edits of open documents: the server's features must survive each, and what is told at rest is what a fresh analysis says.
// usage: npm run fuzz:lsp [-- EDITS [SEED]]
import { fuzzLanguageServer } from "../lsp/src/testing/fuzz.ts";

const edits = Number(process.argv[2] ?? 50_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`${String(edits)} edits, seed ${String(seed)}`);
const began = performance.now();
const { rests } = await fuzzLanguageServer(edits, seed, (done) => {
  if (done % 1000 === 0) console.log(`${String(done)} edits`);
});
const seconds = (performance.now() - began) / 1000;
console.log(
  `survived ${String(edits)} edits in ${seconds.toFixed(0)} s; ${String(rests)} times compared with a fresh analysis`,
);
