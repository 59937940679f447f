// npm run conform:planted: how many (policy, request) pairs it takes to find each planted bug, at most 100,000.
import { fileURLToPath } from "node:url";
import { findBugs } from "../conformance/src/planted/find-bugs.ts";
import { writeFormatted } from "./write-formatted.ts";
import { plantedBugs } from "../conformance/src/planted/planted-bugs.ts";

const found = findBugs(plantedBugs, { first: 1, pairs: 100_000, requestsPerProgram: 40 });
const bugs = plantedBugs.map(({ id, doc }) => ({ id, doc, foundAfterPairs: found.get(id) ?? null }));
const file = fileURLToPath(new URL("../conformance/results/planted-bugs.json", import.meta.url));
await writeFormatted(file, { version: 1, bugs });
const missed = bugs.filter(({ foundAfterPairs }) => foundAfterPairs === null);
console.log(`${String(bugs.length - missed.length)} of ${String(bugs.length)} planted bugs found`);
for (const { id } of missed) console.error(`not found: ${id}`);
if (missed.length > 0) process.exitCode = 1;
