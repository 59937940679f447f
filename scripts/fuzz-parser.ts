// The parser's long run: damaged policies by the kind of damage, and how its time grows with the text.
//
//   npm run fuzz:parser -- --inputs 100000 [--seed N] [--summary FILE]
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { format, resolveConfig } from "prettier";
import { damagedTexts, type DamageKind } from "../compiler/src/testing/damaged-texts.ts";
import { measureGrowth } from "../compiler/src/testing/parser-growth.ts";
import { parserComplaint } from "../compiler/src/testing/parser-survives.ts";
import { policyTexts } from "../compiler/src/testing/policy-texts.ts";

const { values: options } = parseArgs({
  options: {
    inputs: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    summary: { type: "string" },
  },
});
const seed = Number(options.seed);
const inputs = Number(options.inputs);
if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed))
  throw new Error("--inputs and --seed take whole numbers");
const summary =
  options.summary ?? fileURLToPath(new URL("../conformance/results/parser.json", import.meta.url));

interface Slowest {
  readonly kind: DamageKind;
  readonly characters: number;
  readonly milliseconds: number;
}

const corpus = policyTexts();
// What runs for the first time is slow for reasons of its own.
for (const text of corpus) parserComplaint(text);
const kinds = damagedTexts(corpus);
const perKind = Math.ceil(inputs / kinds.size);
const tried: Record<string, { inputs: number; characters: number; crashes: number }> = {};
let slowest: Slowest | undefined;
for (const [kind, texts] of kinds) {
  let [count, characters] = [0, 0];
  const result = fc.check(
    fc.property(texts, (text) => {
      count += 1;
      characters += text.length;
      const began = process.cpuUsage();
      const complaint = parserComplaint(text);
      const { user, system } = process.cpuUsage(began);
      const milliseconds = Math.round((user + system) / 100) / 10;
      if (milliseconds > (slowest?.milliseconds ?? 0))
        slowest = { kind, characters: text.length, milliseconds };
      if (complaint !== null) throw new Error(complaint);
    }),
    { numRuns: perKind, seed },
  );
  tried[kind] = { inputs: count, characters, crashes: result.failed ? 1 : 0 };
  console.log(`${kind}: ${String(count)} inputs, ${result.failed ? "FAILED" : "survived"}`);
  if (!result.failed) continue;
  console.log(fc.defaultReportMessage(result));
  process.exitCode = 1;
}
const growth = measureGrowth(corpus, seed);
for (const { shape, exponent } of growth) console.log(`${shape}: time grows as size^${exponent.toFixed(2)}`);
const document = JSON.stringify({
  version: 1,
  seed,
  examples: corpus.length,
  inputs: Object.values(tried).reduce((sum, each) => sum + each.inputs, 0),
  crashes: Object.values(tried).reduce((sum, each) => sum + each.crashes, 0),
  kinds: tried,
  slowest,
  growth,
});
writeFileSync(summary, await format(document, { ...(await resolveConfig(summary)), parser: "json" }));
console.log(`kept in ${summary}`);
