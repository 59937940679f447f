// A short run of the random edits; `npm run fuzz:lsp` makes 50,000.
import { expect, test } from "vitest";
import { fuzzLanguageServer } from "./fuzz.ts";

test("random edits crash nothing and leave nothing stale", async () => {
  const seed = Math.floor(Math.random() * 1_000_000_000);
  console.log(`seed ${String(seed)}`);
  const { compared, linted } = await fuzzLanguageServer(100, seed);
  expect(compared).toBe(6);
  expect(linted).toBeGreaterThan(0);
});
